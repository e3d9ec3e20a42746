import { get, post, put } from './http'
import type { Instant } from './types'

export const ORDER_KINDS = ['REPAIR', 'PATROL', 'FIRE_TEST', 'OTHER'] as const
export type OrderKind = (typeof ORDER_KINDS)[number]

export type OrderState = 'OPEN' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED'

export interface WorkOrder {
  id: string
  community: string
  version: number
  kind: OrderKind
  state: OrderState
  title: string
  place: string | null
  device: string | null
  alert: string | null
  /** User name; null: whoever is on duty. */
  assignee: string | null
  due: Instant | null
  createdBy: string
  createdAt: Instant
  changedAt: Instant
}

export interface OrderStep {
  version: number
  at: Instant
  who: string
  state: OrderState
  note: string
}

export interface OrderDetail {
  order: WorkOrder
  history: OrderStep[]
}

export interface OrderWish {
  community: string
  kind: OrderKind
  title: string
  place?: string
  device?: string
  assignee?: string
  due?: Instant
}

export const listOrders = (community: string, states: string, signal?: AbortSignal): Promise<WorkOrder[]> =>
  get('/work-orders', { query: { community, state: states }, ...(signal ? { signal } : {}) })

export const findOrder = (id: string, signal?: AbortSignal): Promise<OrderDetail> =>
  get(`/work-orders/${encodeURIComponent(id)}`, signal ? { signal } : {})

/** The id is the caller's: sent again when the answer got lost, it is still one order. */
export const makeOrder = (id: string, wish: OrderWish): Promise<WorkOrder> => put(`/work-orders/${id}`, { body: wish })

/** Says how the work goes on. */
export const stepOrder = (it: WorkOrder, state: OrderState, note: string): Promise<WorkOrder> =>
  post(`/work-orders/${it.id}/steps`, {
    body: { state, note: note || undefined },
    headers: { 'If-Match': `"${it.version}"` },
  })
