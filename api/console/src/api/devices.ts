import { get } from './http'
import type { Instant, Page } from './types'

export const HEALTHS = ['ONLINE', 'OFFLINE', 'SILENT'] as const
export type Health = (typeof HEALTHS)[number]

export interface Device {
  community: string
  id: string
  name: string
  kind: string
  place: string
  placeName: string
  active: boolean
  health: Health
  /** What it last said of itself; null: nothing. */
  status: string | null
  firmware: string | null
  lastSeen: Instant | null
  /** How far its clock is ahead; null: nobody says. */
  clockOffsetSeconds: number | null
  openAlerts: number
  troubles: string[]
  /** Passages of the last 24 hours, against what is usual. */
  coverage: { received: number; expected: number | null; share: number | null }
}

export const listDevices = (
  community: string,
  health: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Device>> =>
  get('/devices', { query: { community, health, cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })
