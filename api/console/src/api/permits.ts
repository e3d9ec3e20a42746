import { get, post, put } from './http'
import type { Instant } from './types'

/** Those that the models know. */
export const PERMIT_KINDS = [
  'item-release',
  'moving',
  'work',
  'maintenance',
  'loading',
  'fire-lane',
  'event',
  'drill',
] as const

export interface PermitWish {
  community: string
  kind: string
  /** Tags, plates or credentials that it concerns. */
  subjects: string[]
  /** None: all. */
  places: string[]
  validFrom: Instant
  validTo: Instant
}

/** A permit that another person decides on. */
export interface PermitRequest {
  id: string
  community: string
  wish: Omit<PermitWish, 'community'>
  reason: string
  askedBy: string
  askedAt: Instant
  state: 'ASKED' | 'APPROVED' | 'REJECTED'
  decidedBy: string | null
  decidedAt: Instant | null
  note: string
}

/** `open`: only what nobody has decided yet. */
export const listPermits = (community: string, open: boolean, signal?: AbortSignal): Promise<PermitRequest[]> =>
  get('/permit-requests', { query: { community, open: String(open) }, ...(signal ? { signal } : {}) })

/** The id is the caller's, and will be the permit's: sent again when the answer got lost, it is still one. */
export const askPermit = (id: string, wish: PermitWish, reason: string): Promise<PermitRequest> =>
  put(`/permit-requests/${id}`, { body: { ...wish, reason } })

export const decidePermit = (id: string, approve: boolean, note: string): Promise<PermitRequest> =>
  post(`/permit-requests/${id}/${approve ? 'approve' : 'reject'}`, { body: { note: note || undefined } })
