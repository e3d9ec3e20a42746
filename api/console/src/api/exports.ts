import { apiUrl, get, post, put } from './http'
import type { Instant } from './types'

export const EXPORT_KINDS = ['ACCESS_LOG', 'REGISTRY', 'PERSONS'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** What an export of the registry can be of. */
export const REGISTRY_KINDS = [
  'residency',
  'lease',
  'credential',
  'visitor-pass',
  'vehicle',
  'tagged-object',
  'permit',
  'building',
  'place',
  'device',
] as const

export interface ExportWish {
  what: ExportKind
  community: string
  registryKind?: string
  place?: string
  from?: Instant
  to?: Instant
}

/** An export that another person decides on. */
export interface Export {
  id: string
  community: string
  wish: ExportWish
  reason: string
  askedBy: string
  askedAt: Instant
  state: 'ASKED' | 'APPROVED' | 'REJECTED'
  decidedBy: string | null
  decidedAt: Instant | null
  note: string
}

export const listExports = (community: string, signal?: AbortSignal): Promise<Export[]> =>
  get('/exports', { query: { community }, ...(signal ? { signal } : {}) })

/** The id is the caller's: sent again when the answer got lost, it is still one wish. */
export const askExport = (id: string, wish: ExportWish, reason: string): Promise<Export> =>
  put(`/exports/${id}`, { body: { ...wish, reason } })

export const decideExport = (id: string, approve: boolean, note: string): Promise<Export> =>
  post(`/exports/${id}/${approve ? 'approve' : 'reject'}`, { body: { note: note || undefined } })

export const exportFileUrl = (id: string): string => apiUrl(`/exports/${id}/file`)
