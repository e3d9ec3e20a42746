import type { Digest } from '@/api/notifications'

export interface DigestDay {
  day: string
  alerts: number
  digests: Digest[]
}

/** Digests by their day, the newest first; within a day as the server sorts them. */
export function digestDays(digests: readonly Digest[]): DigestDay[] {
  const days = new Map<string, DigestDay>()
  for (const it of digests) {
    const day = days.get(it.day) ?? { day: it.day, alerts: 0, digests: [] }
    day.alerts += it.alerts
    day.digests.push(it)
    days.set(it.day, day)
  }
  return [...days.values()].sort((a, b) => b.day.localeCompare(a.day))
}

/** A calendar day some days further, `2026-11-24` to `2026-11-17` by -7. */
export function shiftDay(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
