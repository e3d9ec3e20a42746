import type { Door } from '@/api/doors'

export type Obstacle = 'lockdown' | 'offline' | 'right'

/** Why a door cannot be opened from here now, or nothing if it can. The server decides again at the click. */
export function whyNot(door: Door): Obstacle | undefined {
  if (door.lockdown) return 'lockdown'
  if (!door.mayOpen) return 'right'
  if (!door.online) return 'offline'
  return undefined
}
