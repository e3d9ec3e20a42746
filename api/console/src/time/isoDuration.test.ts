import { describe, expect, it } from 'vitest'
import { isoDuration } from './isoDuration'

describe('isoDuration', () => {
  it('reads days and hours alike', () => {
    expect(isoDuration('P180D')).toBe(isoDuration('PT4320H'))
    expect(isoDuration('P1DT2H3M4S')).toBe(93_784_000)
  })

  it('knows what is no duration', () => {
    expect(isoDuration('180 days')).toBeNull()
    expect(isoDuration('')).toBeNull()
  })
})
