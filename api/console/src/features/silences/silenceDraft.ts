import type { SilenceKind, SilenceWish } from '@/api/silences'

export const DURATIONS = ['h1', 'h8', 'd1', 'd7', 'custom'] as const
export type Duration = (typeof DURATIONS)[number]

const HOUR_MS = 3_600_000
const LASTS_MS: Record<Exclude<Duration, 'custom'>, number> = {
  h1: HOUR_MS,
  h8: 8 * HOUR_MS,
  d1: 24 * HOUR_MS,
  d7: 7 * 24 * HOUR_MS,
}

/** A silence as somebody fills it in; empty stands for any. */
export interface SilenceDraft {
  community: string
  model: string
  place: string
  device: string
  subject: string
  kind: SilenceKind
  /** Null: from now on. */
  starts: Date | null
  duration: Duration
  /** Counts if the duration is `custom`. */
  ends: Date | null
  reason: string
}

export function emptyDraft(community: string): SilenceDraft {
  return {
    community,
    model: '',
    place: '',
    device: '',
    subject: '',
    kind: 'SILENCE',
    starts: null,
    duration: 'h1',
    ends: null,
    reason: '',
  }
}

/** Null as long as no end was chosen. */
export function endOf(draft: SilenceDraft, now: number): Date | null {
  if (draft.duration === 'custom') return draft.ends
  return new Date((draft.starts?.getTime() ?? now) + LASTS_MS[draft.duration])
}

export const hasScope = (draft: SilenceDraft): boolean =>
  [draft.model, draft.place, draft.device, draft.subject].some((it) => it.trim() !== '')

/** What to ask the server for; null while something that it needs is missing. How long is too long it knows itself. */
export function wishOf(draft: SilenceDraft, now: number): SilenceWish | null {
  const ends = endOf(draft, now)
  const reason = draft.reason.trim()
  if (!draft.community || !hasScope(draft) || !reason || !ends) return null
  if (ends.getTime() <= Math.max(now, draft.starts?.getTime() ?? now)) return null
  return {
    community: draft.community,
    model: draft.model.trim() || null,
    place: draft.place.trim() || null,
    device: draft.device.trim() || null,
    subject: draft.subject.trim() || null,
    kind: draft.kind,
    reason,
    starts: draft.starts?.toISOString() ?? null,
    ends: ends.toISOString(),
  }
}
