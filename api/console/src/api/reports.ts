import { get, post, put } from './http'
import type { Instant, Page } from './types'

export const CATEGORIES = ['NOISE', 'SUSPICIOUS', 'TRAFFIC', 'FIRE_SAFETY', 'FRAUD', 'OTHER'] as const
export type Category = (typeof CATEGORIES)[number]
export type ReportState = 'RECEIVED' | 'ASSIGNED' | 'ANSWERED' | 'CLOSED'

/** A report, as one side sees it. */
export interface Report {
  id: string
  community: string
  category: Category
  /** Empty if it names none. */
  place: string
  text: string
  anonymous: boolean
  /** For the police: a name, or the pseudonym in this report. */
  reporter: string | null
  state: ReportState
  /** For the police: whether the caller works on it. */
  mine: boolean | null
  at: Instant
  stateAt: Instant
  /** Messages of the other side that were not read. */
  unread: number
}

export interface Said {
  id: string
  sender: 'REPORTER' | 'POLICE'
  text: string
  at: Instant
  /** When the other side read it; null: not yet. */
  readAt: Instant | null
}

export interface ReportDetail {
  report: Report
  messages: Said[]
}

export interface ReportWish {
  community: string
  category: Category
  text: string
  anonymous: boolean
}

const path = (id: string, ...rest: string[]): string => ['/reports', encodeURIComponent(id), ...rest].join('/')

export const listReports = (
  community: string,
  state: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Report>> =>
  get('/reports', { query: { community, state, cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

/** The id is the caller's: sent again when the answer got lost, it is still one report. */
export const makeReport = (id: string, wish: ReportWish): Promise<Report> => put(path(id), { body: wish })

export const showReport = (id: string, signal?: AbortSignal): Promise<ReportDetail> =>
  get(path(id), signal ? { signal } : {})

export const sayAbout = (id: string, key: string, text: string): Promise<ReportDetail> =>
  post(path(id, 'messages'), { body: { text }, headers: { 'Idempotency-Key': key } })

export const readReport = (id: string): Promise<void> => post(path(id, 'read'))

export const assignReport = (id: string): Promise<ReportDetail> => post(path(id, 'assign'))

export const closeReport = (id: string): Promise<ReportDetail> => post(path(id, 'close'))
