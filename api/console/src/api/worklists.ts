import { get, post } from './http'
import type { Instant, Page } from './types'

export interface LeaseRow {
  /** Null: the tenant has none. */
  lease: string | null
  unit: string
  tenant: string
  validTo: Instant | null
  /** Of the lease, as far as they are still active. */
  credentials: string[]
}

export interface LeaseWorklist {
  ending: LeaseRow[]
  endedButActive: LeaseRow[]
  tenantsWithoutLease: LeaseRow[]
}

export interface Inconsistency {
  check: string
  thing: string
  unit: string | null
  person: string | null
}

export interface ParkedVehicle {
  /** Masked. */
  plate: string
  place: string
  device: string
  id: string
  since: Instant
  minutes: number
  registered: boolean
  /** Null: it may stay. */
  allowedUntil: Instant | null
  overstay: boolean
}

export const SYNC_STATES = ['PENDING', 'SENT', 'CONFIRMED', 'DRIFT', 'OFFLINE'] as const
export type SyncState = (typeof SYNC_STATES)[number]

/** One credential on one terminal. */
export interface SyncRow {
  community: string
  device: string
  place: string
  placeName: string
  credential: string
  type: string | null
  state: SyncState
  since: Instant
  /** Whether the terminal may still hold it though the registry does not want it. */
  stillOpens: boolean
  provedTime: Instant | null
  attempts: number
  lastError: string | null
}

/** How one terminal's list stands. */
export interface TerminalSync {
  community: string
  device: string
  place: string
  placeName: string
  online: boolean
  desired: number
  confirmed: number
  pending: number
  drift: number
  stillOpen: number
  oldestPending: Instant | null
  readTime: Instant | null
  readDueTime: Instant
  lastError: string | null
}

export const leaseWorklist = (community: string, signal?: AbortSignal): Promise<LeaseWorklist> =>
  get('/worklists/leases', { query: { community }, ...(signal ? { signal } : {}) })

export const inconsistencies = async (community: string, signal?: AbortSignal): Promise<Inconsistency[]> =>
  (await get<{ items: Inconsistency[] }>('/worklists/consistency', { query: { community }, ...(signal ? { signal } : {}) }))
    .items

export const parkedVehicles = async (community: string, signal?: AbortSignal): Promise<ParkedVehicle[]> =>
  (await get<{ items: ParkedVehicle[] }>('/worklists/parking', { query: { community }, ...(signal ? { signal } : {}) }))
    .items

export const listSync = (
  filter: { community: string; state: string; stillOpens: boolean },
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<SyncRow>> =>
  get('/credential-sync', {
    query: { ...filter, stillOpens: String(filter.stillOpens), cursor: cursor ?? undefined },
    ...(signal ? { signal } : {}),
  })

export const terminalSync = async (community: string, signal?: AbortSignal): Promise<TerminalSync[]> =>
  (await get<{ items: TerminalSync[] }>('/credential-sync/summary', { query: { community }, ...(signal ? { signal } : {}) }))
    .items

/** Asks a terminal to say its whole list; with the same key it is the same wish. */
export const readBack = (it: TerminalSync, key: string): Promise<TerminalSync> =>
  post(`/credential-sync/${encodeURIComponent(`${it.community}:${it.device}`)}/read-back`, {
    headers: { 'Idempotency-Key': key },
  })
