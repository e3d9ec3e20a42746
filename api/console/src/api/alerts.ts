import { get, post, type Query } from './http'
import type { Instant, Page, Severity } from './types'

export type AlertState = 'OPEN' | 'CLOSED' | 'RETRACTED'
/** Whether people are told: `HISTORIC` was found afterwards, when late events had come. */
export type Attention = 'NOTIFY' | 'DIGEST' | 'HISTORIC'
export type Handling = 'NEW' | 'ACKNOWLEDGED' | 'RESOLVED'
export type Disposition = 'TRUE' | 'FALSE_BENIGN' | 'FALSE_DATA' | 'DUPLICATE' | 'TEST'

export const HANDLINGS: readonly Handling[] = ['NEW', 'ACKNOWLEDGED', 'RESOLVED']
export const ALERT_STATES: readonly AlertState[] = ['OPEN', 'CLOSED', 'RETRACTED']
export const DISPOSITIONS: readonly Disposition[] = [
  'TRUE',
  'FALSE_BENIGN',
  'FALSE_DATA',
  'DUPLICATE',
  'TEST',
]

export interface Subject {
  type: string
  id: string
  role: string | null
}

/** One line of the queue; also what the live stream sends. */
export interface AlertItem {
  id: string
  model: string
  title: string
  community: string
  communityName: string
  place: string
  placeName: string
  severity: Severity
  state: AlertState
  handling: Handling
  firstEventTime: Instant
  lastEventTime: Instant
  detectedAt: Instant
  receivedAt: Instant
  subjects: Subject[]
  summary: string
  revision: number
  acknowledgedBy: string | null
  acknowledgedAt: Instant | null
  disposition: Disposition | null
  attention: Attention
}

export interface EvidenceEvent {
  eventId: string
  time: Instant
  place: string
  placeName: string
  device: string
  text: string
}

export interface HistoryEntry {
  at: Instant
  who: string
  what: string
  note: string | null
}

export interface AlertDetail extends AlertItem {
  explanation: string
  stoppedBy: string
  evidence: EvidenceEvent[]
  settings: Record<string, unknown>
  /** `NOT_NEEDED`, `FULL` or `ASSUMED`. */
  coverage: string | null
  /** `GOOD`, `SKEWED`, `BUFFERED` or `UNKNOWN`: the worst among the evidence. */
  clockQuality: string | null
  innocentExplanations: string[]
  history: HistoryEntry[]
  retraction: string | null
}

export interface AlertFilter extends Query {
  state?: string
  severity?: string
  model?: string
  community?: string
  handling?: string
  q?: string
  from?: string
  to?: string
}

export const listAlerts = (
  filter: AlertFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<AlertItem>> =>
  get('/alerts', {
    query: { ...filter, limit: 50, cursor: cursor ?? undefined },
    ...(signal ? { signal } : {}),
  })

export const alertDetail = (id: string): Promise<AlertDetail> =>
  get(`/alerts/${encodeURIComponent(id)}`)

export const acknowledgeAlert = (id: string, note?: string): Promise<AlertDetail> =>
  post(`/alerts/${encodeURIComponent(id)}/acknowledge`, { body: note ? { note } : {} })

export const resolveAlert = (
  id: string,
  disposition: Disposition,
  note: string,
): Promise<AlertDetail> =>
  post(`/alerts/${encodeURIComponent(id)}/resolve`, {
    body: note ? { disposition, note } : { disposition },
  })
