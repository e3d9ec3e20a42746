import type { AlertItem, Outcome, Reason } from '@/api/alerts'

/** Why an alert stands in the list without anybody having been told. */
export type NotTold = 'digest' | 'silenced' | 'maintenance' | 'follows' | 'late' | 'old'

const BY_OUTCOME: Partial<Record<Outcome, NotTold>> = { HISTORIC: 'late', EXPIRED: 'old' }
const BY_REASON: Partial<Record<Reason, NotTold>> = {
  SILENCE: 'silenced',
  MAINTENANCE: 'maintenance',
  INHIBITED: 'follows',
}

type Judged = Pick<AlertItem, 'telling' | 'attention'>

/** Undefined if the reader's audience was told, or nothing was decided for it. */
export function notTold({ telling, attention }: Judged): NotTold | undefined {
  if (attention === 'HISTORIC') return 'late'
  if (!telling || telling.outcome === 'TOLD') return undefined
  return BY_OUTCOME[telling.outcome] ?? BY_REASON[telling.reason] ?? 'digest'
}

export const wasTold = ({ telling, attention }: Judged): boolean =>
  telling?.outcome === 'TOLD' && attention !== 'HISTORIC'

/** Whether an alert may make a sound: somebody was told of it and nobody has taken it. */
export const calls = (alert: Judged & Pick<AlertItem, 'handling'>): boolean =>
  wasTold(alert) && alert.handling === 'NEW'

/** Those that call now and did not before: new ones, and known ones that were only counted until now. */
export function newlyCalling(
  known: readonly AlertItem[],
  updates: readonly AlertItem[],
): AlertItem[] {
  const before = new Map(known.map((it) => [it.id, it]))
  return updates.filter((it) => {
    const was = before.get(it.id)
    return calls(it) && !(was && wasTold(was))
  })
}
