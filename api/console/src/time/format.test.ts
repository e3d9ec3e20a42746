import { describe, expect, it } from 'vitest'
import { clockTime, duration, fullTime } from './format'

const UNITS = { d: '{n} d', h: '{n} h', m: '{n} min', s: '{n} s' }

describe('clockTime', () => {
  const now = new Date(2026, 10, 24, 9, 0, 0)

  it('shows only as much of the date as is needed', () => {
    const at = (...parts: [number, number, number, number]): string =>
      clockTime(new Date(...parts, 5, 7).toISOString(), now)
    expect(at(2026, 10, 24, 8)).toBe('08:05:07')
    expect(at(2026, 10, 23, 23)).toBe('11-23 23:05:07')
    expect(at(2009, 0, 2, 3)).toBe('2009-01-02 03:05:07')
  })

  it('does not invent a time', () => {
    expect(clockTime('', now)).toBe('–')
  })
})

describe('fullTime', () => {
  it('keeps the milliseconds', () => {
    expect(fullTime(new Date(2026, 10, 24, 8, 0, 0, 45).toISOString())).toMatch(
      /^2026-11-24 08:00:00\.045 UTC[+−]\d\d:\d\d$/,
    )
  })
})

describe('duration', () => {
  it('shows the two largest units', () => {
    expect(duration(0, UNITS)).toBe('0 s')
    expect(duration(-5, UNITS)).toBe('0 s')
    expect(duration(133_000, UNITS)).toBe('2 min 13 s')
    expect(duration(3_600_000, UNITS)).toBe('1 h')
    expect(duration(90_061_000, UNITS)).toBe('1 d 1 h')
  })
})
