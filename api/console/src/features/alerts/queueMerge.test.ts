import { describe, expect, it } from 'vitest'
import type { AlertItem } from '@/api/alerts'
import { belongs, filterOf, queryOf } from './queueFilter'
import { mergeAlerts, type Rules } from './queueMerge'

function alert(id: string, change: Partial<AlertItem> = {}): AlertItem {
  return {
    id,
    model: 'door-forced',
    title: 'Door forced',
    community: 'c1',
    communityName: '翠湖花园',
    place: 'p1',
    placeName: '3号楼东门',
    severity: 'P2',
    state: 'OPEN',
    handling: 'NEW',
    firstEventTime: '2026-11-24T08:00:00Z',
    lastEventTime: '2026-11-24T08:00:00Z',
    detectedAt: '2026-11-24T08:00:01Z',
    receivedAt: '2026-11-24T08:00:01Z',
    subjects: [{ type: 'plate', id: '京A12345', role: null }],
    summary: 'Opened without a grant',
    revision: 1,
    acknowledgedBy: null,
    acknowledgedAt: null,
    disposition: null,
    attention: 'NOTIFY',
    telling: { outcome: 'TOLD', reason: 'WITHIN_BUDGET', cause: '', toldAt: '2026-11-24T08:00:01Z' },
    ...change,
  }
}

const ids = (items: AlertItem[]): string => items.map((it) => it.id).join('')
const when = (rule: (it: AlertItem) => boolean): Rules => ({ belongs: rule, stays: rule })
const isNew = when((it) => it.handling === 'NEW')

describe('mergeAlerts', () => {
  it('puts new alerts on top, the latest first, and leaves the order below alone', () => {
    const { items, arrived } = mergeAlerts([alert('b'), alert('a')], [alert('c'), alert('d')], isNew, null)
    expect(ids(items)).toBe('dcba')
    expect(ids(arrived)).toBe('dc')
  })

  it('changes a known alert in place', () => {
    const { items, arrived } = mergeAlerts(
      [alert('b'), alert('a')],
      [alert('a', { revision: 2, severity: 'P1' })],
      isNew,
      null,
    )
    expect(ids(items)).toBe('ba')
    expect(items[1]?.severity).toBe('P1')
    expect(arrived).toEqual([])
  })

  it('does not let an older message undo a newer one', () => {
    const taken = alert('a', { handling: 'ACKNOWLEDGED', revision: 3 })
    const all = when(() => true)
    expect(mergeAlerts([taken], [alert('a', { revision: 2 })], all, null).items).toEqual([taken])
    expect(mergeAlerts([taken], [alert('a', { revision: 3 })], all, null).items).toEqual([taken])
  })

  it('drops what no longer belongs, but not from under the eyes of the user', () => {
    const list = [alert('b'), alert('a')]
    const taken = [alert('a', { handling: 'ACKNOWLEDGED' })]
    expect(ids(mergeAlerts(list, taken, isNew, null).items)).toBe('b')
    expect(ids(mergeAlerts(list, taken, isNew, 'a').items)).toBe('ba')
  })

  it('ignores strangers that do not belong', () => {
    const { items } = mergeAlerts([alert('a')], [alert('x', { handling: 'RESOLVED' })], isNew, null)
    expect(ids(items)).toBe('a')
  })
})

describe('the filter', () => {
  const now = Date.parse('2026-11-24T09:00:00Z')

  it('survives the way through the address', () => {
    const query = { handling: 'ALL', severity: 'P1', model: 'duress', q: '京A', since: '8' }
    expect(queryOf(filterOf(query, ''))).toEqual(query)
    expect(queryOf(filterOf({}, 'c1'))).toEqual({})
  })

  it('ignores nonsense in the address', () => {
    expect(filterOf({ handling: 'x', severity: 'P9', since: '-1' }, '')).toEqual(filterOf({}, ''))
  })

  it('decides which live alerts are shown', () => {
    const fits = (query: Record<string, string>, community = ''): boolean =>
      belongs(alert('a'), filterOf(query, community), now)
    expect(fits({})).toBe(true)
    expect(fits({ handling: 'RESOLVED' })).toBe(false)
    expect(fits({ severity: 'P2' })).toBe(true)
    expect(fits({ severity: 'P1' })).toBe(false)
    expect(fits({}, 'c2')).toBe(false)
    expect(fits({ q: '东门' })).toBe(true)
    expect(fits({ q: '京a123' })).toBe(true)
    expect(fits({ q: '西门' })).toBe(false)
    expect(fits({ since: '1' })).toBe(true)
    expect(belongs(alert('a'), filterOf({ since: '1' }, ''), now + 1)).toBe(false)
  })
})
