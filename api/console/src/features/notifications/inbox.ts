import type { Notification, NotificationKind } from '@/api/notifications'

const CALLING: readonly NotificationKind[] = ['ALERT', 'RAISED', 'ESCALATED']

/** Whether the reader can take the alert by this notification. */
export const canBeTaken = (it: Notification): boolean =>
  it.alert !== null && !it.taken && CALLING.includes(it.kind)

/** Who takes an alert settles everything that was said of it. */
export const taken = (items: readonly Notification[], alert: string | null): Notification[] =>
  items.map((it) => (it.alert !== null && it.alert === alert ? { ...it, taken: true } : it))
