import type { ReportName, StatisticsFilter } from '@/api/statistics'
import type { Role } from '@/api/types'

const DAY_MS = 86_400_000
/** What the server shows at once. */
export const MOST_DAYS = 92
const USUAL_DAYS = 30

/** Operations see the devices and nothing of people. */
export const reportsOf = (role: Role | undefined): [ReportName, ...ReportName[]] =>
  role === 'OPERATIONS' ? ['devices'] : ['doors', 'devices', 'response']

/** The last 30 days. */
export const usualPeriod = (now: number): [Date, Date] => [new Date(now - USUAL_DAYS * DAY_MS), new Date(now)]

/** What is asked for; null if the period is none, or too long. */
export function filterOf(community: string, period: [Date, Date] | null): StatisticsFilter | null {
  if (!period) return null
  const [from, to] = period
  const length = to.getTime() - from.getTime()
  if (length <= 0 || length > MOST_DAYS * DAY_MS) return null
  return { community, from: from.toISOString(), to: to.toISOString() }
}

/** How long each bar is, between 0 and 1 of the longest one. */
export function shares(values: readonly (number | null)[]): number[] {
  const most = Math.max(0, ...values.map((it) => it ?? 0))
  return values.map((it) => (most === 0 ? 0 : (it ?? 0) / most))
}

/** The figures that most need a look come first; what is not known comes last. */
export function worstFirst<T>(rows: readonly T[], figure: (row: T) => number | null, worst: 'most' | 'least'): T[] {
  return [...rows].sort((a, b) => {
    const [one, other] = [figure(a), figure(b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return worst === 'most' ? other - one : one - other
  })
}

/** A share as a percentage: 100 only if nothing is missing. */
export const percent = (share: number): string => `${Math.floor(share * 1_000) / 10} %`
