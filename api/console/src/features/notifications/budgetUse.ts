import type { Budget } from '@/api/notifications'

/** How much of a budget is used up, 0..1. The most urgent alerts come on top: more than all is all. */
export function used({ told, perDay }: Pick<Budget, 'told' | 'perDay'>): number {
  if (perDay === 0) return told > 0 ? 1 : 0
  return Math.min(1, told / perDay)
}

/** The server takes no more. */
const MOST = 10_000

/** What somebody typed, if it is a budget. */
export function perDayOf(text: string): number | null {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : NaN
  return value <= MOST ? value : null
}
