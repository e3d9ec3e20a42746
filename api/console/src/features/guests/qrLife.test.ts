import { describe, expect, it } from 'vitest'
import { digitGroups, goodUntil, renewIn } from './qrLife'

const until = '2026-11-24T08:00:30Z'
const at = (seconds: number): number => Date.parse(until) + seconds * 1_000

describe('a code that changes every half minute', () => {
  it('is renewed when it ends', () => {
    expect(renewIn(until, at(-12))).toBe(12_000)
  })

  it('is renewed in time and not all the time by a clock that is wrong', () => {
    expect(renewIn(until, at(-500))).toBe(30_000)
    expect(renewIn(until, at(500))).toBe(5_000)
  })

  it('is good for a half minute more, as doors see it', () => {
    expect(goodUntil(until, at(-12))).toBe(at(30))
    expect(goodUntil(until, at(500))).toBe(at(530))
    expect(goodUntil(until, at(-500))).toBe(at(-440))
  })
})

describe('the digits for the keypad', () => {
  it('stand in groups', () => {
    expect(digitGroups('12345678')).toBe('1234 5678')
    expect(digitGroups('123456')).toBe('1234 56')
    expect(digitGroups('1234')).toBe('1234')
  })
})
