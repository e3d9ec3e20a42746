import { PERMIT_KINDS, type PermitWish } from '@/api/permits'

export interface PermitDraft {
  kind: string
  subjects: string
  places: string[]
  period: [Date, Date] | null
  reason: string
}

const DAY_MS = 86_400_000
/** What the server allows. */
const LONGEST_MS = 92 * DAY_MS
const MOST_SUBJECTS = 100

/** For a day. */
export const emptyPermit = (now: number): PermitDraft => ({
  kind: PERMIT_KINDS[0],
  subjects: '',
  places: [],
  period: [new Date(now), new Date(now + DAY_MS)],
  reason: '',
})

/** Tags, plates and credentials, taken apart at commas, blanks and ends of lines. */
export const subjectsOf = (text: string): string[] => [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))]

/** What is to be asked for; null as long as something is missing or too much. */
export function permitWish(draft: PermitDraft, community: string): PermitWish | null {
  const subjects = subjectsOf(draft.subjects)
  if (!community || !draft.reason.trim() || !draft.period) return null
  if (!subjects.length || subjects.length > MOST_SUBJECTS) return null
  const [from, to] = draft.period
  if (to <= from || to.getTime() - from.getTime() > LONGEST_MS) return null
  return {
    community,
    kind: draft.kind,
    subjects,
    places: draft.places,
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
  }
}
