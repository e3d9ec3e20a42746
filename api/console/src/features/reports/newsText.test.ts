import { describe, expect, it } from 'vitest'
import { newsText } from './newsText'

const zh = { title: '标题', body: '正文' }
const en = { title: 'Title', body: 'Body' }
const none = { title: '', body: '' }

describe('the text of news', () => {
  it('is in the language of the reader', () => {
    expect(newsText({ zh, en }, 'en')).toBe(en)
    expect(newsText({ zh, en }, 'zh-CN')).toBe(zh)
  })

  it('is in the other language if there is only that', () => {
    expect(newsText({ zh, en: none }, 'en')).toBe(zh)
  })

  it('is gone when the news was taken back', () => {
    expect(newsText({ zh: null, en: null }, 'en')).toBeNull()
  })
})
