import type { Door } from '@/api/doors'

export type DoorView = 'all' | 'open' | 'offline' | 'lockdown'

export interface DoorGroup {
  id: string
  name: string
  doors: Door[]
  /** A lockdown of the community itself holds. */
  locked: boolean
}

export interface DoorChoice {
  community: string
  q: string
  view: DoorView
}

/** The chosen doors by community, both in the order of their names. */
export function doorGroups(doors: readonly Door[], choice: DoorChoice): DoorGroup[] {
  const groups = new Map<string, DoorGroup>()
  for (const door of doors) {
    if (!chosen(door, choice)) continue
    const group = groups.get(door.community) ?? {
      id: door.community,
      name: door.communityName,
      doors: [],
      locked: door.lockdowns.includes('COMMUNITY'),
    }
    groups.set(door.community, group)
    group.doors.push(door)
  }
  const byName = new Intl.Collator('zh-CN', { numeric: true })
  for (const group of groups.values()) {
    group.doors.sort((a, b) => byName.compare(a.name, b.name))
  }
  return [...groups.values()].sort((a, b) => byName.compare(a.name, b.name))
}

function chosen(door: Door, { community, q, view }: DoorChoice): boolean {
  if (community && door.community !== community) return false
  if (view === 'open' && door.state !== 'OPEN') return false
  if (view === 'offline' && door.online) return false
  if (view === 'lockdown' && !door.lockdown) return false
  return `${door.name} ${door.id}`.toLocaleLowerCase().includes(q.trim().toLocaleLowerCase())
}
