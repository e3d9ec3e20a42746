import { get, post, put, remove } from './http'
import type { Instant } from './types'

export type DoorPosition = 'OPEN' | 'CLOSED' | 'LOCKED' | 'UNKNOWN'

export interface Door {
  id: string
  name: string
  community: string
  communityName: string
  place: string
  state: DoorPosition
  online: boolean
  lastSeen: Instant | null
  mayOpen: boolean
  lockdown: boolean
  /** The levels that hold it closed, the widest first. */
  lockdowns: Uppercase<LockdownLevel>[]
}

export type CommandState =
  | 'REQUESTED'
  | 'AUTHORISED'
  | 'SENT'
  | 'DEVICE_ACK'
  | 'RELEASED'
  | 'OPENED'
  | 'RELOCKED'
  | 'DENIED'
  | 'DOOR_OFFLINE'
  | 'EXPIRED'
  | 'UNKNOWN'

export interface DoorCommand {
  id: string
  door: string
  state: CommandState
  stateTime: Instant
  history: { state: CommandState; at: Instant }[]
  reason: string | null
}

export type LockdownLevel = 'organisation' | 'community' | 'door'

export const listDoors = async (): Promise<Door[]> =>
  (await get<{ items: Door[] }>('/doors')).items

/** The same key is sent again when the answer got lost: the door still opens once. */
export const openDoor = (door: string, idempotencyKey: string): Promise<DoorCommand> =>
  post(`/doors/${encodeURIComponent(door)}/open`, {
    headers: { 'Idempotency-Key': idempotencyKey },
  })

export const doorCommand = (id: string): Promise<DoorCommand> =>
  get(`/door-commands/${encodeURIComponent(id)}`)

export const commandStreamPath = (id: string): string =>
  `/door-commands/${encodeURIComponent(id)}/stream`

const lockdownPath = (level: LockdownLevel, id: string): string =>
  `/lockdowns/${level}/${encodeURIComponent(id)}`

export const lockDown = (level: LockdownLevel, id: string, reason: string): Promise<void> =>
  put(lockdownPath(level, id), { body: { reason } })

export const liftLockdown = (level: LockdownLevel, id: string): Promise<void> =>
  remove(lockdownPath(level, id))
