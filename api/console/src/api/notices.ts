import { get, post } from './http'
import type { Instant, Page } from './types'

export interface Notice {
  id: string
  kind: string
  community: string
  person: string
  /** Id of what it is about: a lease, a pass, a report. */
  about: string
  at: Instant
  /** Null: not yet. */
  readAt: Instant | null
}

export const listNotices = (cursor: string | null, signal?: AbortSignal): Promise<Page<Notice>> =>
  get('/notices', { query: { cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

export const readNotice = (id: string): Promise<void> => post(`/notices/${id}/read`)
