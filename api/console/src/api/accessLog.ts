import { apiUrl, get, type Query } from './http'
import type { Instant, Page } from './types'

export interface AccessRow {
  id: string
  time: Instant
  receivedAt: Instant
  community: string
  communityName: string
  place: string
  placeName: string
  device: string
  kind: string
  subjectType: string
  subject: string
  direction: string
  outcome: string
  reason: string | null
  buffered: boolean
}

export interface AccessFilter extends Query {
  community?: string
  place?: string
  subject?: string
  outcome?: string
  from?: string
  to?: string
  /** The case that the police look in. */
  case?: string
}

export const OUTCOMES = ['GRANTED', 'DENIED', 'UNKNOWN'] as const

/** Devices number their passages themselves: an id is one of a device. */
export const accessKey = (row: AccessRow): string => `${row.community}/${row.device}/${row.id}`

export const listAccess = (
  filter: AccessFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<AccessRow>> =>
  get('/access-log', {
    query: { ...filter, limit: 50, cursor: cursor ?? undefined },
    ...(signal ? { signal } : {}),
  })

export const accessCsvUrl = (filter: AccessFilter): string => apiUrl('/access-log.csv', filter)
