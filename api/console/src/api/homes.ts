import { get, post, put, remove } from './http'
import type { Instant } from './types'

export type HomeRole = 'OWNER' | 'TENANT' | 'FAMILY' | 'CARER' | 'STAFF' | 'CONTRACTOR'

export const WAYS_IN = ['CARD', 'PIN', 'QR', 'PHONE', 'KEY'] as const
/** How somebody comes in without showing the face. */
export type WayIn = (typeof WAYS_IN)[number]

export interface Home {
  community: string
  unit: string
  /** Who the caller is there. */
  person: string
  role: HomeRole
}

export interface Member {
  person: string
  /** Null: not for the caller to know. */
  name: string | null
  role: HomeRole
  since: Instant
  until: Instant | null
}

export interface NewPerson {
  name: string
  phone?: string
  nonFaceWay: WayIn
}

export interface Lease {
  lease: string
  community: string
  unit: string
  tenant: string
  validFrom: Instant
  validTo: Instant | null
  version: string
}

export interface LeaseWish {
  tenant: NewPerson
  validFrom?: Instant
  validTo: Instant
}

export interface Care {
  person: string
  unit: string
  livesAlone: boolean
  nightExit: boolean
  away: boolean
  sensors: string[]
  contacts: string[]
  since: Instant
}

export interface CareWish {
  consent: boolean
  livesAlone: boolean
  nightExit: boolean
  away: boolean
  sensors: string[]
  contacts: string[]
}

export interface Belonging {
  community: string
  /** Plate or tag. */
  id: string
  /** `vehicle`, or what the tagged thing is. */
  kind: string
  locked: boolean
}

export interface ClaimCode {
  code: string
  expiresAt: Instant
}

const path = (home: Home, ...rest: string[]): string =>
  ['/homes', ...[home.community, home.unit, ...rest].map(encodeURIComponent)].join('/')

export const listHomes = (signal?: AbortSignal): Promise<Home[]> => get('/homes', signal ? { signal } : {})

export const listMembers = (home: Home, signal?: AbortSignal): Promise<Member[]> =>
  get(path(home, 'members'), signal ? { signal } : {})

/** The id is the caller's: sent again when the answer got lost, it is still one person. */
export const addMember = (home: Home, id: string, role: HomeRole, person: NewPerson): Promise<Member> =>
  put(path(home, 'members', id), { body: { role, person } })

export const removeMember = (home: Home, person: string): Promise<void> => remove(path(home, 'members', person))

/** A code by which a member's own account comes to be that member; with the same key it is the same code. */
export const claimCode = (home: Home, person: string, key: string): Promise<ClaimCode> =>
  post(path(home, 'members', person, 'claim-code'), { headers: { 'Idempotency-Key': key } })

/** The caller's account comes to be the person of the code. */
export const takeClaim = (code: string): Promise<void> => post('/claims', { body: { code } })

export const listLeases = (home: Home, signal?: AbortSignal): Promise<Lease[]> =>
  get(path(home, 'leases'), signal ? { signal } : {})

export const grantLease = (home: Home, id: string, wish: LeaseWish): Promise<Lease> =>
  put(path(home, 'leases', id), { body: wish })

/** Renews a lease, or ends it earlier. */
export const setLeaseEnd = (home: Home, it: Lease, validTo: Instant): Promise<Lease> =>
  put(path(home, 'leases', it.lease, 'end'), { body: { validTo }, headers: { 'If-Match': `"${it.version}"` } })

export const listCare = (home: Home, signal?: AbortSignal): Promise<Care[]> =>
  get(path(home, 'care'), signal ? { signal } : {})

export const enrolCare = (home: Home, person: string, wish: CareWish): Promise<Care> =>
  put(path(home, 'care', person), { body: wish })

export const endCare = (home: Home, person: string): Promise<void> => remove(path(home, 'care', person))

export const listBelongings = (signal?: AbortSignal): Promise<Belonging[]> =>
  get('/belongings', signal ? { signal } : {})

export const lockBelonging = (it: Belonging, locked: boolean): Promise<Belonging> =>
  put(`/belongings/${encodeURIComponent(it.community)}/${encodeURIComponent(it.id)}`, { body: { locked } })
