import type { Door } from '@/api/doors'
import { t } from '@/i18n'
import { whyNot } from './whyNot'

/** What to tell people about it; of several lockdowns the widest. */
export function whyNotText(door: Door): string | undefined {
  const obstacle = whyNot(door)
  const level = door.lockdowns[0]
  if (obstacle === 'lockdown' && level) return t(`lockdown.of.${level}`)
  return obstacle && t(`door.whyNot.${obstacle}`)
}
