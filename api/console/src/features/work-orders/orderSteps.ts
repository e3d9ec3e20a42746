import type { OrderState } from '@/api/workOrders'

const STEPS: Record<OrderState, readonly OrderState[]> = {
  OPEN: ['IN_PROGRESS', 'DONE', 'CANCELLED'],
  IN_PROGRESS: ['DONE', 'OPEN', 'CANCELLED'],
  DONE: [],
  CANCELLED: [],
}

/** Where an order can go from here, the usual one first. */
export const stepsFrom = (state: OrderState): readonly OrderState[] => STEPS[state]

/** Whether its time has passed and it is not over. */
export const isOverdue = (it: { state: OrderState; due: string | null }, now: number): boolean =>
  it.due !== null && STEPS[it.state].length > 0 && Date.parse(it.due) < now
