import { apiUrl, get, post, type Query } from './http'
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
  /** Why the property looks for one subject. */
  reason?: string
}

/** A row in clear. */
export interface Revealed {
  device: string
  id: string
  time: Instant
  subjectType: string
  subject: string
  /** Who stands behind it, if the registry knows. */
  person: string | null
  name: string | null
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

/** Rows of one community in clear, for a reason that the persons behind them get to see. */
export const revealAccess = (rows: readonly AccessRow[], reason: string): Promise<Revealed[]> =>
  post('/access-log/reveal', {
    body: {
      community: rows[0]?.community,
      reason,
      rows: rows.map(({ device, id, time }) => ({ device, id, time })),
    },
  })
