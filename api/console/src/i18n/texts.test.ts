import { describe, expect, it } from 'vitest'
import { en } from './en'
import { fill, tCode } from './index'
import { zhCN } from './zh-CN'

function flatten(node: object, prefix = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value as object, `${prefix}${key}.`),
  )
}

const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('texts', () => {
  const english = new Map(flatten(en))
  const chinese = new Map(flatten(zhCN))

  it('have the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('are never empty and take the same values in both languages', () => {
    for (const [key, text] of english) {
      expect(text.trim(), key).not.toBe('')
      expect(chinese.get(key)?.trim(), key).not.toBe('')
      expect(holes(chinese.get(key) ?? ''), key).toEqual(holes(text))
    }
  })

  it('are found by codes with points, too', () => {
    expect(tCode('webhook.types', 'digest.ready')).not.toBe('digest.ready')
    expect(tCode('webhook.types', 'not.known')).toBe('not.known')
  })

  it('fill in values and leave unknown holes visible', () => {
    expect(fill('{n} of {m}', { n: 0 })).toBe('0 of {m}')
  })
})
