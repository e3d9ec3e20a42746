import { describe, expect, it } from 'vitest'
import type { Digest, Notification } from '@/api/notifications'
import { perDayOf, used } from './budgetUse'
import { digestDays, shiftDay } from './digestDays'
import { canBeTaken, taken } from './inbox'
import { tabOf } from './tabs'

const said = (change: Partial<Notification>): Notification =>
  ({ id: 'n', kind: 'ALERT', alert: 'a', taken: false, ...change }) as Notification

describe('the inbox', () => {
  it('offers to take an alert that somebody is called for', () => {
    expect(canBeTaken(said({}))).toBe(true)
    expect(canBeTaken(said({ kind: 'ESCALATED' }))).toBe(true)
    expect(canBeTaken(said({ taken: true }))).toBe(false)
    expect(canBeTaken(said({ kind: 'WITHDRAWN' }))).toBe(false)
    expect(canBeTaken(said({ kind: 'DIGEST', alert: null }))).toBe(false)
  })

  it('settles all that was said of an alert that was taken', () => {
    const items = [said({}), said({ kind: 'ESCALATED' }), said({ alert: 'b' }), said({ alert: null })]
    expect(taken(items, 'a').map((it) => it.taken)).toEqual([true, true, false, false])
    expect(taken(items, null).some((it) => it.taken)).toBe(false)
  })

  it('is all that a resident has', () => {
    expect(tabOf('budgets', true)).toBe('budgets')
    expect(tabOf('budgets', false)).toBe('inbox')
    expect(tabOf('x', true)).toBe('inbox')
  })
})

describe('digests', () => {
  it('stand under their day, the newest first', () => {
    const digest = (id: string, day: string, alerts: number): Digest =>
      ({ id, day, alerts }) as Digest
    const days = digestDays([
      digest('a', '2026-11-23', 2),
      digest('b', '2026-11-24', 3),
      digest('c', '2026-11-23', 4),
    ])
    expect(days.map((it) => [it.day, it.alerts, it.digests.map((one) => one.id).join('')])).toEqual([
      ['2026-11-24', 3, 'b'],
      ['2026-11-23', 6, 'ac'],
    ])
  })

  it('are read week by week, over the end of a month too', () => {
    expect(shiftDay('2026-03-03', -7)).toBe('2026-02-24')
    expect(shiftDay('2026-12-28', 7)).toBe('2027-01-04')
  })
})

describe('a budget', () => {
  it('is never more than used up', () => {
    expect(used({ told: 2, perDay: 5 })).toBe(0.4)
    expect(used({ told: 7, perDay: 5 })).toBe(1)
    expect(used({ told: 0, perDay: 0 })).toBe(0)
    expect(used({ told: 1, perDay: 0 })).toBe(1)
  })

  it('is a whole number that the server takes', () => {
    expect(perDayOf(' 12 ')).toBe(12)
    expect(perDayOf('10000')).toBe(10_000)
    for (const bad of ['', '-1', '1.5', '10001', 'x']) expect(perDayOf(bad), bad).toBeNull()
  })
})
