import { get, post, put, remove } from './http'
import type { Instant, Page } from './types'

export const EVENT_TYPES = [
  'alert.told',
  'alert.raised',
  'alert.escalated',
  'alert.withdrawn',
  'alert.taken',
  'budget.used-up',
  'digest.ready',
] as const

export interface Webhook {
  id: string
  communities: string[]
  types: string[]
  /** None: of all models. */
  models: string[]
  url: string
  /** In clear, in the one answer that made it; null otherwise. */
  secret: string | null
  /** Until when the secret before is good, too. */
  previousSecretUntil: Instant | null
  createdAt: Instant
  /** Since when nothing was taken; null: the last attempt was. */
  failingSince: Instant | null
  /** When it was given up; null: it was not. */
  disabledAt: Instant | null
}

export interface WebhookWish {
  communities: string[]
  types: string[]
  models: string[]
  url: string
}

export type DeliveryState = 'WAITING' | 'DELIVERED' | 'FAILED'

export interface Delivery {
  id: string
  type: string
  createdAt: Instant
  state: DeliveryState
  attempts: number
  lastAt: Instant | null
  /** HTTP status of the last answer; null: there was none. */
  status: number | null
  /** Why the last attempt failed; null: it did not. */
  problem: string | null
  /** Null: there is no further attempt. */
  nextAt: Instant | null
}

const path = (...parts: string[]): string => ['/webhooks', ...parts.map(encodeURIComponent)].join('/')

export const listWebhooks = async (signal?: AbortSignal): Promise<Webhook[]> =>
  (await get<{ items: Webhook[] }>('/webhooks', signal ? { signal } : {})).items

export const findWebhook = (id: string, signal?: AbortSignal): Promise<Webhook> =>
  get(path(id), signal ? { signal } : {})

/** The id is the caller's: sent again when the answer got lost, it is still one webhook, but its secret is not shown. */
export const makeWebhook = (id: string, wish: WebhookWish): Promise<Webhook> => put(path(id), { body: wish })

export const deleteWebhook = (id: string): Promise<void> => remove(path(id))

/** Makes a new secret; for a day the one before is good, too. */
export const rotateSecret = (id: string): Promise<Webhook> => post(path(id, 'rotate'))

export const enableWebhook = (id: string): Promise<Webhook> => post(path(id, 'enable'))

/** Asked for again under the same key it is the same test. */
export const testWebhook = (id: string, key: string): Promise<Delivery> =>
  post(path(id, 'test'), { headers: { 'Idempotency-Key': key } })

export const listDeliveries = (id: string, cursor: string | null, signal?: AbortSignal): Promise<Page<Delivery>> =>
  get(path(id, 'deliveries'), { query: { cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

export const replayDelivery = (id: string, delivery: string): Promise<Delivery> =>
  post(path(id, 'deliveries', delivery, 'replay'))
