import type { Reason } from './alerts'
import { get, post, put } from './http'
import type { Instant, Page, Severity } from './types'

export type NotificationKind =
  | 'ALERT'
  | 'RAISED'
  | 'ESCALATED'
  | 'WITHDRAWN'
  | 'STOPPED'
  | 'BUDGET'
  | 'DIGEST'
export type Channel = 'APP' | 'CALL' | 'CONTACT' | 'VISIT'

export interface Notification {
  id: string
  kind: NotificationKind
  channel: Channel
  /** Null if it is about several alerts. */
  alert: string | null
  model: string
  title: string
  community: string
  placeName: string
  severity: Severity
  text: string
  alerts: number
  at: Instant
  /** Whether somebody has taken the alert. */
  taken: boolean
}

export const listNotifications = (
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Notification>> =>
  get('/notifications', {
    query: { limit: 50, cursor: cursor ?? undefined },
    ...(signal ? { signal } : {}),
  })

export const acknowledgeNotification = (id: string): Promise<void> =>
  post(`/notifications/${encodeURIComponent(id)}/acknowledge`, { body: {} })

/** Alerts of a model that were counted on a day of the community for one reason. */
export interface Digest {
  id: string
  community: string
  model: string
  title: string
  reason: Reason
  cause: string
  /** `2026-11-24` */
  day: string
  alerts: number
  firstAt: Instant
  lastAt: Instant
}

/** The digests of a week, newest day first; of the last one unless a first day is given. */
export const listDigests = (community: string, from: string): Promise<Digest[]> =>
  get('/digests', { query: { community, from } })

export interface Budget {
  community: string
  /** Alerts a day of which the audience is told one by one; the most urgent ones always. */
  perDay: number
  /** How many of them one model may use. */
  perModel: number
  /** Today, in the community. */
  told: number
  counted: number
}

export const listBudgets = (): Promise<Budget[]> => get('/alert-budgets')

export const setBudget = (community: string, perDay: number): Promise<Budget> =>
  put(`/alert-budgets/${encodeURIComponent(community)}`, { body: { perDay } })
