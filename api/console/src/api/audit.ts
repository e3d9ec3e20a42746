import { get, type Query } from './http'
import type { Instant, Page } from './types'

export interface AuditEntry {
  id: number
  chain: string
  at: Instant
  who: string
  role: string
  address: string
  action: string
  object: string
  outcome: string
  reason: string
}

export interface AuditFilter extends Query {
  who?: string
  /** The beginning of an action, e.g. `case.` */
  action?: string
  from?: string
  to?: string
}

export interface Verification {
  entries: number
  whole: boolean
  /** Ids of entries that do not fit what stands before them. */
  broken: number[]
}

export interface Finding {
  id: string
  kind: string
  who: string
  /** Empty if it is no single one. */
  subject: string
  /** `2026-11-24`, UTC */
  day: string
  times: number
  /** The newest entry of the log that shows it. */
  entry: number
  foundAt: Instant
}

export interface RetentionReport {
  /** `keep`: ISO 8601 */
  rules: { type: string; keep: string }[]
  runs: { type: string; cutOff: Instant; rows: number; kept: number; at: Instant }[]
}

const PAGE = 100

export const listAudit = (
  filter: AuditFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<AuditEntry>> =>
  get('/audit', { query: { ...filter, limit: PAGE, cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

export const listFindings = (
  who: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Finding>> =>
  get('/audit/findings', { query: { who, cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

/** Going through the whole log takes its time. */
export const verifyAudit = (signal: AbortSignal): Promise<Verification> =>
  get('/audit/verification', { signal, timeoutMs: 70_000 })

export const retentionReport = (signal: AbortSignal): Promise<RetentionReport> => get('/retention', { signal })
