import { describe, expect, it } from 'vitest'
import type { AlertDetail } from '@/api/alerts'
import type { Silence } from '@/api/silences'
import { canBeSilenced, covering, devicesOf, draftFor, subjectsOf } from './alertSilences'
import { newId } from '@/api/newId'
import { emptyDraft, endOf, wishOf, type SilenceDraft } from './silenceDraft'

const now = Date.parse('2026-11-24T08:00:00Z')

const alert = {
  model: 'door-held-open',
  community: 'c1',
  place: 'p1',
  telling: { outcome: 'TOLD', reason: 'WITHIN_BUDGET', cause: '', toldAt: null },
  subjects: [
    { type: 'door', id: 'door-7', role: null },
    { type: 'plate', id: '京A***45', role: null },
  ],
  evidence: [{ device: 'reader-1' }, { device: 'reader-1' }, { device: '' }],
} as AlertDetail

function draft(change: Partial<SilenceDraft> = {}): SilenceDraft {
  return { ...draftFor(alert), reason: ' filming ', ...change }
}

function silence(change: Partial<Silence>): Silence {
  return {
    id: 's',
    community: 'c1',
    kind: 'SILENCE',
    model: null,
    place: null,
    device: null,
    subject: null,
    reason: 'r',
    owner: 'o',
    starts: '2026-11-24T07:00:00Z',
    ends: '2026-11-24T09:00:00Z',
    state: 'ACTIVE',
    held: 0,
    ...change,
  }
}

describe('a silence that is filled in', () => {
  it('begins with the model and the place of the alert, for an hour', () => {
    expect(wishOf(draft(), now)).toEqual({
      community: 'c1',
      model: 'door-held-open',
      place: 'p1',
      device: null,
      subject: null,
      kind: 'SILENCE',
      reason: 'filming',
      starts: null,
      ends: '2026-11-24T09:00:00.000Z',
    })
  })

  it('lasts from its start', () => {
    const starts = new Date('2026-11-25T00:00:00Z')
    expect(endOf(draft({ starts, duration: 'd1' }), now)).toEqual(new Date('2026-11-26T00:00:00Z'))
    expect(endOf(draft({ duration: 'd7' }), now)).toEqual(new Date('2026-12-01T08:00:00Z'))
  })

  it('needs a reason, something to match and an end to come', () => {
    expect(wishOf(draft({ reason: '  ' }), now)).toBeNull()
    expect(wishOf({ ...emptyDraft('c1'), reason: 'r' }, now)).toBeNull()
    expect(wishOf(draft({ duration: 'custom' }), now)).toBeNull()
    expect(wishOf(draft({ duration: 'custom', ends: new Date(now) }), now)).toBeNull()
    expect(wishOf(draft({ duration: 'custom', ends: new Date(now + 1) }), now)).not.toBeNull()
    expect(wishOf({ ...draft({ device: 'd' }), model: '', place: '' }, now)?.device).toBe('d')
  })
})

describe('what can be silenced', () => {
  it('is not what is told whatever comes', () => {
    expect(canBeSilenced(alert)).toBe(true)
    expect(canBeSilenced({ ...alert, model: 'sos' })).toBe(false)
    expect(
      canBeSilenced({
        model: 'lift-trapped',
        telling: { outcome: 'TOLD', reason: 'NEVER_SUPPRESSED', cause: '', toldAt: null },
      }),
    ).toBe(false)
  })

  it('is named by ids that the reader sees in full', () => {
    expect(devicesOf(alert)).toEqual(['reader-1'])
    expect(subjectsOf(alert).map((it) => it.id)).toEqual(['door-7'])
  })
})

describe('the silences that cover an alert', () => {
  const covers = (change: Partial<Silence>): boolean => covering([silence(change)], alert).length === 1

  it('match in every field that they name', () => {
    expect(covers({ model: 'door-held-open', place: 'p1' })).toBe(true)
    expect(covers({ device: 'reader-1', subject: 'door-7' })).toBe(true)
    expect(covers({ model: 'door-held-open', place: 'p2' })).toBe(false)
    expect(covers({ device: 'reader-2' })).toBe(false)
    expect(covers({ subject: 'door-8' })).toBe(false)
    expect(covers({ place: 'p1', community: 'c2' })).toBe(false)
    expect(covers({ place: 'p1', state: 'PLANNED' })).toBe(false)
    expect(covering([silence({ place: 'p1' })], { ...alert, model: 'sos' })).toEqual([])
  })
})

describe('the id of a silence', () => {
  it('is a random UUID', () => {
    expect(newId()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(newId()).not.toBe(newId())
  })
})
