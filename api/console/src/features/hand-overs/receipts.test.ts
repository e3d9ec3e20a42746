import { describe, expect, it } from 'vitest'
import { isUnread } from './receipts'

describe('a hand-over note', () => {
  const note = { author: 'wu', readBy: ['chen'] }

  it('is to be read by everybody but its author', () => {
    expect(isUnread(note, 'li')).toBe(true)
    expect(isUnread(note, 'wu')).toBe(false)
  })

  it('is confirmed once', () => {
    expect(isUnread(note, 'chen')).toBe(false)
  })
})
