import { get, post, type Query } from './http'
import type { Channel } from './notifications'
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

/** What became of telling the reader's audience of an alert. */
export type Outcome = 'TOLD' | 'DIGESTED' | 'HELD' | 'EXPIRED' | 'HISTORIC'
export type Reason =
  | 'NEVER_SUPPRESSED'
  | 'MOST_URGENT'
  | 'WITHIN_BUDGET'
  | 'SILENCE'
  | 'MAINTENANCE'
  | 'INHIBITED'
  | 'LOW_SEVERITY'
  | 'SUBJECT_CAP'
  | 'COMMUNITY_CAP'
  | 'MODEL_SHARE'
  | 'BUDGET'
  | 'STALE'
  | 'LATE_EVENTS'

/** Whether the reader's audience was told of an alert, and why or why not. */
export interface Telling {
  outcome: Outcome
  reason: Reason
  /** Id of the silence or of the alert that holds it back; empty if there is none. */
  cause: string
  toldAt: Instant | null
}

export type Audience = 'POLICE' | 'PROPERTY' | 'RESIDENT' | 'FAMILY' | 'FIRE_DESK' | 'OPERATIONS'
export type StepState = 'WAITING' | 'SENT' | 'STOPPED' | 'EXPIRED'

/** A step of the escalation: who else is asked, and how, while nobody takes the alert. */
export interface EscalationStep {
  audience: Audience
  number: number
  channel: Channel
  dueAt: Instant
  state: StepState
  /** Why it was stopped; empty if it was not. */
  why: string
  settledAt: Instant | null
}

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
  /** Null if nobody of the reader's audience was to be told. */
  telling: Telling | null
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
  escalation: EscalationStep[]
  retraction: string | null
}

export interface AlertFilter extends Query {
  state?: string
  severity?: string
  model?: string
  community?: string
  handling?: string
  /** Only what was counted in this digest. */
  digest?: string
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
