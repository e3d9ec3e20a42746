import type { AlertItem } from '@/api/alerts'

export interface Merge {
  items: AlertItem[]
  /** Alerts that were not in the list before. */
  arrived: AlertItem[]
}

export interface Rules {
  belongs: (alert: AlertItem) => boolean
  stays: (alert: AlertItem) => boolean
}

/**
 * Works live alerts into the list: known ones change in place, new ones go on top in order of arrival. One that no
 * longer belongs (somebody took it) leaves, unless it is the one that the user is looking at.
 *
 * @param rules whether a new alert belongs into the list, and whether a known one stays after a change
 * @param kept the id of the alert under the user's eyes, which must not vanish
 */
export function mergeAlerts(
  items: readonly AlertItem[],
  updates: readonly AlertItem[],
  rules: Rules,
  kept: string | null,
): Merge {
  const byId = new Map(updates.map((it) => [it.id, it]))
  const merged: AlertItem[] = []
  for (const item of items) {
    const update = byId.get(item.id)
    byId.delete(item.id)
    const now = update && isNewer(update, item) ? update : item
    if (!update || rules.stays(now) || now.id === kept) merged.push(now)
  }
  const arrived = [...byId.values()].filter(rules.belongs).reverse()
  return { items: [...arrived, ...merged], arrived }
}

/** The alert's own revision first; a human's step changes the handling and not the revision. */
function isNewer(update: AlertItem, known: AlertItem): boolean {
  if (update.revision !== known.revision) return update.revision > known.revision
  return HANDLING_ORDER[update.handling] >= HANDLING_ORDER[known.handling]
}

const HANDLING_ORDER = { NEW: 0, ACKNOWLEDGED: 1, RESOLVED: 2 }
