export const TABS = ['inbox', 'digests', 'silences', 'budgets'] as const
export type Tab = (typeof TABS)[number]

/** Residents have the inbox only. */
export function tabOf(wanted: unknown, staff: boolean): Tab {
  return (staff && TABS.find((it) => it === wanted)) || 'inbox'
}
