import { describe, expect, it } from 'vitest'
import { emptyPermit, permitWish, subjectsOf } from './permitDraft'
import { emptyDraft, leastUses, propertyPassWish } from './propertyPassDraft'

const DAY_MS = 86_400_000

describe('a pass of the property', () => {
  const draft = { ...emptyDraft(0), company: ' Express ', responsible: 'Gate', places: ['p1'] }

  it('is for four hours and one use unless more is asked for', () => {
    expect(propertyPassWish(draft, 'c1')).toEqual({
      community: 'c1',
      kind: 'DELIVERY',
      company: 'Express',
      responsible: 'Gate',
      places: ['p1'],
      validFrom: '1970-01-01T00:00:00.000Z',
      validTo: '1970-01-01T04:00:00.000Z',
      uses: 1,
    })
  })

  it('needs a company, somebody who answers for it, and a place', () => {
    expect(propertyPassWish({ ...draft, company: ' ' }, 'c1')).toBeNull()
    expect(propertyPassWish({ ...draft, responsible: '' }, 'c1')).toBeNull()
    expect(propertyPassWish({ ...draft, places: [] }, 'c1')).toBeNull()
    expect(propertyPassWish(draft, '')).toBeNull()
  })

  it('opens any number of times for contractors only', () => {
    expect(leastUses('CONTRACTOR')).toBe(0)
    expect(propertyPassWish({ ...draft, kind: 'CONTRACTOR', uses: 0 }, 'c1')?.uses).toBe(0)
    expect(propertyPassWish({ ...draft, uses: 0 }, 'c1')).toBeNull()
    expect(propertyPassWish({ ...draft, uses: 1_001 }, 'c1')).toBeNull()
  })

  it('ends within 31 days', () => {
    expect(propertyPassWish({ ...draft, period: [new Date(0), new Date(31 * DAY_MS)] }, 'c1')).not.toBeNull()
    expect(propertyPassWish({ ...draft, period: [new Date(0), new Date(31 * DAY_MS + 1)] }, 'c1')).toBeNull()
    expect(propertyPassWish({ ...draft, period: [new Date(5), new Date(5)] }, 'c1')).toBeNull()
  })
})

describe('a permit', () => {
  const draft = { ...emptyPermit(0), subjects: 'tag-1', reason: 'moving out' }

  it('takes apart what it concerns', () => {
    expect(subjectsOf(' tag-1, tag-2，京A12345\ntag-1; ')).toEqual(['tag-1', 'tag-2', '京A12345'])
  })

  it('needs something that it concerns and a reason', () => {
    expect(permitWish({ ...draft, subjects: ' , ' }, 'c1')).toBeNull()
    expect(permitWish({ ...draft, reason: ' ' }, 'c1')).toBeNull()
    expect(permitWish(draft, 'c1')?.subjects).toEqual(['tag-1'])
  })

  it('ends within 92 days', () => {
    expect(permitWish({ ...draft, period: [new Date(0), new Date(93 * DAY_MS)] }, 'c1')).toBeNull()
  })
})
