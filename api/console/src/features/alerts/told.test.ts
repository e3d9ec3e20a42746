import { describe, expect, it } from 'vitest'
import type { AlertItem, Attention, Handling, Telling } from '@/api/alerts'
import { filterOf, queryOf, stays } from './queueFilter'
import { calls, newlyCalling, notTold } from './told'

function alert(
  telling: Partial<Telling> | null,
  change: { id?: string; attention?: Attention; handling?: Handling } = {},
): AlertItem {
  return {
    id: 'a',
    attention: 'NOTIFY',
    handling: 'NEW',
    ...change,
    telling: telling && { outcome: 'TOLD', reason: 'WITHIN_BUDGET', cause: '', toldAt: null, ...telling },
  } as AlertItem
}

const told = alert({})
const digested = alert({ outcome: 'DIGESTED', reason: 'BUDGET' })

describe('notTold', () => {
  it('says nothing of what was told, or was not for this audience', () => {
    expect(notTold(told)).toBeUndefined()
    expect(notTold(alert(null))).toBeUndefined()
  })

  it.each([
    [alert({ outcome: 'HELD', reason: 'SILENCE' }), 'silenced'],
    [alert({ outcome: 'HELD', reason: 'MAINTENANCE' }), 'maintenance'],
    [alert({ outcome: 'HELD', reason: 'INHIBITED' }), 'follows'],
    [alert({ outcome: 'DIGESTED', reason: 'SUBJECT_CAP' }), 'digest'],
    [alert({ outcome: 'EXPIRED', reason: 'STALE' }), 'old'],
    [alert({ outcome: 'HISTORIC', reason: 'LATE_EVENTS' }), 'late'],
    [alert(null, { attention: 'HISTORIC' }), 'late'],
  ])('gives the reason in a word', (it, why) => {
    expect(notTold(it)).toBe(why)
  })
})

describe('the call', () => {
  it('is only for what was told, is not historic, and nobody has taken', () => {
    expect(calls(told)).toBe(true)
    expect(calls(digested)).toBe(false)
    expect(calls(alert(null))).toBe(false)
    expect(calls(alert({}, { attention: 'HISTORIC' }))).toBe(false)
    expect(calls(alert({}, { handling: 'ACKNOWLEDGED' }))).toBe(false)
  })

  it('comes once, and for what was only counted until now', () => {
    expect(newlyCalling([], [told])).toEqual([told])
    expect(newlyCalling([told], [told])).toEqual([])
    expect(newlyCalling([digested], [told])).toEqual([told])
    expect(newlyCalling([], [digested])).toEqual([])
  })
})

describe('the queue', () => {
  it('can show only what was told, or only what was not', () => {
    const fits = (query: Record<string, string>): boolean[] =>
      [told, digested].map((it) => stays(it, filterOf(query, '')))
    expect(fits({})).toEqual([true, true])
    expect(fits({ told: 'yes' })).toEqual([true, false])
    expect(fits({ told: 'no' })).toEqual([false, true])
    expect(queryOf(filterOf({ told: 'no', digest: 'd' }, ''))).toEqual({ told: 'no', digest: 'd' })
  })
})
