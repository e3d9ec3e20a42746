import { get, put, remove } from './http'
import type { Instant } from './types'

/** `SILENCE`: somebody wants quiet. `MAINTENANCE`: somebody works there. */
export type SilenceKind = 'SILENCE' | 'MAINTENANCE'
export type SilenceState = 'PLANNED' | 'ACTIVE' | 'ENDED'

export const SILENCE_KINDS: readonly SilenceKind[] = ['SILENCE', 'MAINTENANCE']

/** Which alerts of a community are to be quiet; null matches everything. */
export interface SilenceScope {
  community: string
  model: string | null
  place: string | null
  device: string | null
  subject: string | null
}

export interface Silence extends SilenceScope {
  id: string
  kind: SilenceKind
  reason: string
  owner: string
  starts: Instant
  /** Until when, or when it was ended before. */
  ends: Instant
  state: SilenceState
  /** How many alerts it has held back. */
  held: number
}

export interface SilenceWish extends SilenceScope {
  kind: SilenceKind
  reason: string
  /** Null: from now on. */
  starts: Instant | null
  ends: Instant
}

/** Those that are planned or hold, and with `ended` those of the last 30 days too. */
export const listSilences = (community: string, ended: boolean): Promise<Silence[]> =>
  get('/silences', { query: { community, ended: String(ended) } })

/** The id is the caller's: sent again when the answer got lost, it is still one silence. */
export const setSilence = (id: string, wish: SilenceWish): Promise<Silence> =>
  put(`/silences/${encodeURIComponent(id)}`, { body: wish })

export const endSilence = (id: string): Promise<void> =>
  remove(`/silences/${encodeURIComponent(id)}`)
