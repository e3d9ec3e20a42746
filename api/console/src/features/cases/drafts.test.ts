import { describe, expect, it } from 'vitest'
import { caseWish, emptyCase, MOST_DAYS } from './caseDraft'
import { emptySpot, questionOf, type LookUpDraft } from './lookUpDraft'

const NOW = Date.parse('2026-11-24T08:00:00Z')
const period: [Date, Date] = [new Date(NOW - 86_400_000), new Date(NOW)]
const whole = { ...emptyCase(), number: ' 118 ', legalBasis: 'b', purpose: 'p', communities: ['riverside'], period }

describe('caseWish', () => {
  it('asks only when everything is there', () => {
    expect(caseWish(emptyCase(), NOW)).toBeNull()
    expect(caseWish({ ...whole, number: ' ' }, NOW)).toBeNull()
    expect(caseWish({ ...whole, days: MOST_DAYS + 1 }, NOW)).toBeNull()
    expect(caseWish(whole, NOW)?.number).toBe('118')
  })

  it('takes members apart and covers whole communities', () => {
    const wish = caseWish({ ...whole, members: ' wu, chen，li ' }, NOW)
    expect(wish?.members).toEqual(['wu', 'chen', 'li'])
    expect(wish?.areas).toEqual([{ community: 'riverside', place: '' }])
  })
})

describe('questionOf', () => {
  const spot = { ...emptySpot('riverside'), place: 'gate-1', window: period }
  const draft: LookUpDraft = { kind: 'COLLISION', subjectType: 'plate', subject: '', community: 'riverside', spots: [spot] }

  it('needs a subject, one place, or two', () => {
    expect(questionOf({ ...draft, kind: 'SUBJECT' })).toBeNull()
    expect(questionOf({ ...draft, kind: 'SUBJECT', subject: ' x ' })?.subject).toBe('x')
    expect(questionOf({ ...draft, kind: 'SUBJECT', subject: 'x' })).not.toHaveProperty('community')
    expect(questionOf({ ...draft, kind: 'SUBJECT', subjectType: 'person', subject: 'x' })?.community).toBe('riverside')
    expect(questionOf({ ...draft, kind: 'PLACE' })?.spots).toHaveLength(1)
    expect(questionOf(draft)).toBeNull()
    expect(questionOf({ ...draft, spots: [spot, spot] })?.spots).toHaveLength(2)
    expect(questionOf({ ...draft, spots: [spot, emptySpot('riverside')] })).toBeNull()
  })
})
