import { describe, expect, it } from 'vitest'
import type { Door } from '@/api/doors'
import { t } from '@/i18n'
import { doorGroups, type DoorChoice } from './doorGroups'
import { whyNot } from './whyNot'
import { whyNotText } from './whyNotText'

function door(id: string, change: Partial<Door> = {}): Door {
  return {
    id,
    name: `${id}号门`,
    community: 'c1',
    communityName: '翠湖花园',
    place: id,
    state: 'LOCKED',
    online: true,
    lastSeen: null,
    mayOpen: true,
    lockdown: false,
    lockdowns: [],
    ...change,
  }
}

const ALL: DoorChoice = { community: '', q: '', view: 'all' }
const shown = (doors: Door[], choice: Partial<DoorChoice> = {}): string[][] =>
  doorGroups(doors, { ...ALL, ...choice }).map((group) => group.doors.map((it) => it.id))

describe('doorGroups', () => {
  const doors = [
    door('10'),
    door('2', { state: 'OPEN' }),
    door('3', { community: 'c2', communityName: '锦绣里', online: false, lockdown: true }),
  ]

  it('groups by community and sorts numbers as numbers', () => {
    expect(shown(doors)).toEqual([['2', '10'], ['3']])
  })

  it('shows what was asked for', () => {
    expect(shown(doors, { view: 'open' })).toEqual([['2']])
    expect(shown(doors, { view: 'offline' })).toEqual([['3']])
    expect(shown(doors, { view: 'lockdown' })).toEqual([['3']])
    expect(shown(doors, { community: 'c1' })).toEqual([['2', '10']])
    expect(shown(doors, { q: ' 10号' })).toEqual([['10']])
    expect(shown(doors, { q: 'x' })).toEqual([])
  })

  it('calls a community locked only if the lockdown is its own', () => {
    const locked = [
      door('1', { lockdown: true, lockdowns: ['ORGANISATION', 'DOOR'] }),
      door('2', {
        community: 'c2',
        communityName: '锦绣里',
        lockdown: true,
        lockdowns: ['ORGANISATION', 'COMMUNITY', 'DOOR'],
      }),
    ]
    for (const view of ['all', 'lockdown'] as const) {
      expect(doorGroups(locked, { ...ALL, view }).map((group) => group.locked)).toEqual([false, true])
    }
  })
})

describe('whyNotText', () => {
  it('names the widest lockdown', () => {
    const locked = door('1', { lockdown: true, lockdowns: ['COMMUNITY', 'DOOR'] })
    expect(whyNotText(locked)).toBe(t('lockdown.of.COMMUNITY'))
    expect(whyNotText(door('1', { online: false }))).toBe(t('door.whyNot.offline'))
    expect(whyNotText(door('1'))).toBeUndefined()
  })
})

describe('whyNot', () => {
  it('names the strongest obstacle', () => {
    expect(whyNot(door('1'))).toBeUndefined()
    expect(whyNot(door('1', { online: false }))).toBe('offline')
    expect(whyNot(door('1', { mayOpen: false, online: false }))).toBe('right')
    expect(whyNot(door('1', { mayOpen: false, lockdown: true }))).toBe('lockdown')
  })
})
