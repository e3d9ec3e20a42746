import { describe, expect, it } from 'vitest'
import { filterOf, percent, reportsOf, shares, usualPeriod, worstFirst } from './figures'

const DAY_MS = 86_400_000

describe('statistics', () => {
  it('show operations nothing of people', () => {
    expect(reportsOf('OPERATIONS')).toEqual(['devices'])
    expect(reportsOf('PROPERTY')).toHaveLength(3)
  })

  it('are of the last 30 days unless another period is asked for', () => {
    const [from, to] = usualPeriod(30 * DAY_MS)
    expect([from.getTime(), to.getTime()]).toEqual([0, 30 * DAY_MS])
  })

  it('are of 92 days at most', () => {
    expect(filterOf('c1', [new Date(0), new Date(92 * DAY_MS)])).toEqual({
      community: 'c1',
      from: '1970-01-01T00:00:00.000Z',
      to: '1970-04-03T00:00:00.000Z',
    })
    expect(filterOf('', [new Date(0), new Date(92 * DAY_MS + 1)])).toBeNull()
    expect(filterOf('', [new Date(5), new Date(5)])).toBeNull()
    expect(filterOf('', null)).toBeNull()
  })
})

describe('bars', () => {
  it('are parts of the longest one', () => {
    expect(shares([2, null, 4, 0])).toEqual([0.5, 0, 1, 0])
    expect(shares([0, null])).toEqual([0, 0])
    expect(shares([])).toEqual([])
  })
})

describe('rows', () => {
  it('begin with what needs a look and end with what is not known', () => {
    const rows = [{ n: 1 }, { n: null }, { n: 3 }]
    expect(worstFirst(rows, (it) => it.n, 'most').map((it) => it.n)).toEqual([3, 1, null])
    expect(worstFirst(rows, (it) => it.n, 'least').map((it) => it.n)).toEqual([1, 3, null])
  })
})

describe('a percentage', () => {
  it('is 100 only if nothing is missing', () => {
    expect(percent(1)).toBe('100 %')
    expect(percent(0.9999)).toBe('99.9 %')
    expect(percent(0.5)).toBe('50 %')
  })
})
