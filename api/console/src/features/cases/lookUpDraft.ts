import type { Question, QuestionKind, Spot } from '@/api/cases'

export interface SpotDraft {
  community: string
  place: string
  window: [Date, Date] | null
}

export interface LookUpDraft {
  kind: QuestionKind
  subjectType: string
  subject: string
  /** Where it is known, unless it is a plate. */
  community: string
  spots: SpotDraft[]
}

export const emptySpot = (community: string): SpotDraft => ({ community, place: '', window: null })

/** The question; null as long as something is missing. */
export function questionOf(draft: LookUpDraft): Question | null {
  if (draft.kind === 'SUBJECT') {
    const subject = draft.subject.trim()
    if (!subject) return null
    const known = draft.subjectType === 'plate' ? {} : { community: draft.community }
    return { kind: 'SUBJECT', subjectType: draft.subjectType, subject, ...known }
  }
  const spots = (draft.kind === 'PLACE' ? draft.spots.slice(0, 1) : draft.spots).map(spotOf)
  const whole = spots.filter((it): it is Spot => it !== null)
  if (whole.length < spots.length || whole.length < (draft.kind === 'PLACE' ? 1 : 2)) return null
  return { kind: draft.kind, spots: whole }
}

function spotOf({ community, place, window }: SpotDraft): Spot | null {
  const id = place.trim()
  if (!community || !id || !window) return null
  return { community, place: id, from: window[0].toISOString(), to: window[1].toISOString() }
}
