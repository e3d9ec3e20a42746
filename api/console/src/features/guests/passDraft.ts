import type { PassWish } from '@/api/passes'

export interface PassDraft {
  /** With the unit, the home that invites. */
  community: string
  unit: string
  visitor: string
  partySize: number
  period: [Date, Date] | null
  uses: number
}

const HOUR_MS = 3_600_000

/** What the server allows. */
export const MOST_USES = 100
export const MOST_GUESTS = 50

/** For the next four hours, once. */
export const emptyPass = (now: number): PassDraft => ({
  community: '',
  unit: '',
  visitor: '',
  partySize: 1,
  period: [new Date(now), new Date(now + 4 * HOUR_MS)],
  uses: 1,
})

const within = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most

/** What is to be asked for; null as long as something is missing or too much. */
export function passWish(draft: PassDraft): PassWish | null {
  const visitor = draft.visitor.trim()
  if (!visitor || !draft.community || !draft.unit || !draft.period) return null
  if (!within(draft.uses, MOST_USES) || !within(draft.partySize, MOST_GUESTS)) return null
  const [from, to] = draft.period
  if (to <= from) return null
  return {
    community: draft.community,
    unit: draft.unit,
    visitor,
    partySize: draft.partySize,
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
    uses: draft.uses,
  }
}
