import type { CaseWish } from '@/api/cases'

export interface CaseDraft {
  number: string
  legalBasis: string
  purpose: string
  communities: string[]
  period: [Date, Date] | null
  days: number
  members: string
}

const DAY_MS = 86_400_000

/** A case runs out after this many days at most. */
export const MOST_DAYS = 90

export const emptyCase = (): CaseDraft => ({
  number: '',
  legalBasis: '',
  purpose: '',
  communities: [],
  period: null,
  days: 30,
  members: '',
})

/** What is to be asked for; null as long as something is missing. */
export function caseWish(draft: CaseDraft, now: number): CaseWish | null {
  const [number, legalBasis, purpose] = [draft.number, draft.legalBasis, draft.purpose].map((it) => it.trim())
  if (!number || !legalBasis || !purpose || !draft.communities.length || !draft.period) return null
  if (!(draft.days >= 1 && draft.days <= MOST_DAYS)) return null
  return {
    number,
    legalBasis,
    purpose,
    areas: draft.communities.map((community) => ({ community, place: '' })),
    from: draft.period[0].toISOString(),
    to: draft.period[1].toISOString(),
    // A minute less, so that a server whose clock is a little behind does not find it too long.
    expires: new Date(now + draft.days * DAY_MS - 60_000).toISOString(),
    members: draft.members.split(/[\s,，、]+/).filter(Boolean),
  }
}
