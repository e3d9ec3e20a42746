import type { AlertItem } from '@/api/alerts'
import type { Severity } from '@/api/types'

/** How soon somebody should have taken an alert, by severity. */
export const ACKNOWLEDGE_WITHIN_MS: Record<Severity, number> = {
  P1: 60_000,
  P2: 5 * 60_000,
  P3: 60 * 60_000,
  P4: 24 * 3_600_000,
}

export type Urgency = 'calm' | 'due' | 'overdue' | 'done'

export interface Waiting {
  /** How long it has waited, or waited until it was taken. */
  ms: number
  urgency: Urgency
  /** The share of the allowed time that is used up, 0..1. */
  used: number
}

/** How long an alert has waited for somebody since it reached us: the device's clock plays no part here. */
export function waiting(
  alert: Pick<AlertItem, 'severity' | 'handling' | 'state' | 'receivedAt' | 'acknowledgedAt'>,
  now: number,
): Waiting {
  const since = Date.parse(alert.receivedAt)
  const taken = alert.acknowledgedAt === null ? undefined : Date.parse(alert.acknowledgedAt)
  const ms = Math.max(0, (taken ?? now) - since)
  const used = Math.min(1, ms / ACKNOWLEDGE_WITHIN_MS[alert.severity])
  if (alert.handling !== 'NEW' || alert.state === 'RETRACTED') return { ms, urgency: 'done', used }
  return { ms, urgency: used >= 1 ? 'overdue' : used >= 0.5 ? 'due' : 'calm', used }
}
