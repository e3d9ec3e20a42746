import type { LocationQuery } from 'vue-router'
import {
  ALERT_STATES,
  HANDLINGS,
  type AlertFilter,
  type AlertItem,
  type AlertState,
  type Handling,
} from '@/api/alerts'
import { SEVERITIES, type Severity } from '@/api/types'
import { wasTold } from './told'

export const SINCE_HOURS = [1, 8, 24, 168] as const
export const TOLD = ['yes', 'no'] as const

/** What the queue shows. It lives in the page's address, so that a view can be shared. */
export interface QueueFilter {
  handling: Handling | 'ALL'
  severity: Severity | ''
  state: AlertState | ''
  model: string
  community: string
  q: string
  sinceHours: number
  /** Whether the reader's audience was told. */
  told: (typeof TOLD)[number] | ''
  /** Id of the digest that the alerts were counted in. */
  digest: string
}

export function filterOf(query: LocationQuery, community: string): QueueFilter {
  return {
    handling: oneOf([...HANDLINGS, 'ALL' as const], query['handling']) ?? 'NEW',
    severity: oneOf(SEVERITIES, query['severity']) ?? '',
    state: oneOf(ALERT_STATES, query['state']) ?? '',
    model: text(query['model']),
    community,
    q: text(query['q']),
    sinceHours: oneOf(SINCE_HOURS, Number(query['since'])) ?? 0,
    told: oneOf(TOLD, query['told']) ?? '',
    digest: text(query['digest']),
  }
}

export function queryOf(filter: QueueFilter): Record<string, string> {
  const query: Record<string, string> = {}
  if (filter.handling !== 'NEW') query['handling'] = filter.handling
  if (filter.severity) query['severity'] = filter.severity
  if (filter.state) query['state'] = filter.state
  if (filter.model) query['model'] = filter.model
  if (filter.q) query['q'] = filter.q
  if (filter.sinceHours) query['since'] = String(filter.sinceHours)
  if (filter.told) query['told'] = filter.told
  if (filter.digest) query['digest'] = filter.digest
  return query
}

export function apiFilterOf(filter: QueueFilter, now: number): AlertFilter {
  return {
    handling: filter.handling === 'ALL' ? '' : filter.handling,
    severity: filter.severity,
    state: filter.state,
    model: filter.model,
    community: filter.community,
    digest: filter.digest,
    q: filter.q,
    from: filter.sinceHours ? new Date(now - filter.sinceHours * 3_600_000).toISOString() : '',
  }
}

/** Whether an alert of the list still belongs there after a change: only what can change is asked. */
export function stays(alert: AlertItem, filter: QueueFilter): boolean {
  return (
    (filter.handling === 'ALL' || alert.handling === filter.handling) &&
    (!filter.severity || alert.severity === filter.severity) &&
    (!filter.state || alert.state === filter.state) &&
    fitsTold(alert, filter)
  )
}

/** Asked here for the server's pages too: the API has no such filter. */
export function fitsTold(alert: AlertItem, filter: QueueFilter): boolean {
  return !filter.told || wasTold(alert) === (filter.told === 'yes')
}

/** Whether an alert of the live stream belongs into the list; the server decides for the pages it sends. */
export function belongs(alert: AlertItem, filter: QueueFilter, now: number): boolean {
  return (
    stays(alert, filter) &&
    // The stream does not say in which digest an alert was counted.
    !filter.digest &&
    (!filter.model || alert.model === filter.model) &&
    (!filter.community || alert.community === filter.community) &&
    (!filter.sinceHours ||
      Date.parse(alert.lastEventTime) >= now - filter.sinceHours * 3_600_000) &&
    mentions(alert, filter.q)
  )
}

function mentions(alert: AlertItem, q: string): boolean {
  if (!q) return true
  const wanted = q.toLocaleLowerCase()
  const texts = [
    alert.title,
    alert.summary,
    alert.placeName,
    alert.communityName,
    ...alert.subjects.map((subject) => subject.id),
  ]
  return texts.some((it) => it.toLocaleLowerCase().includes(wanted))
}

function oneOf<T>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((it) => it === value)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
