import type { ClaimCode, WayIn } from './homes'
import { get, post, put } from './http'
import type { Instant, Page } from './types'

/** Somebody of the registry; masked unless it was revealed. */
export interface Person {
  community: string
  person: string
  version: number
  recordedAt: Instant
  name: string
  idNumber: string | null
  phone: string | null
  nonFaceWay: WayIn
  faceAllowed: boolean
  /** Person id of a child's guardian; empty: none. */
  guardian: string
  /** The unit whose resident made the person known; empty: the property did. */
  home: string
}

export interface PersonWish {
  name: string
  idNumber?: string
  phone?: string
  nonFaceWay: WayIn
  faceAllowed: boolean
  guardian?: string
}

export const NUMBER_KINDS = ['phone', 'idNumber'] as const
export type NumberKind = (typeof NUMBER_KINDS)[number]

const path = (community: string, ...rest: string[]): string =>
  ['/persons', ...[community, ...rest].map(encodeURIComponent)].join('/')

export const listPersons = (community: string, cursor: string | null, signal?: AbortSignal): Promise<Page<Person>> =>
  get(path(community), { query: { cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

export const findPerson = (community: string, person: string, signal?: AbortSignal): Promise<Person> =>
  get(path(community, person), signal ? { signal } : {})

/** The number is in the body, so that no address and no log has it. */
export const searchPersons = (community: string, kind: NumberKind, number: string): Promise<Person[]> =>
  post(path(community, 'search'), { body: { [kind]: number } })

/** In clear, for a reason that the person gets to see. */
export const revealPerson = (community: string, person: string, reason: string): Promise<Person> =>
  post(path(community, person, 'reveal'), { body: { reason } })

/** All versions, the newest first. */
export const personHistory = (community: string, person: string, signal?: AbortSignal): Promise<Person[]> =>
  get(path(community, person, 'history'), signal ? { signal } : {})

/** `known`: the version that is to be changed; null for somebody new. */
export const recordPerson = (
  community: string,
  person: string,
  wish: PersonWish,
  known: number | null,
): Promise<Person> =>
  put(path(community, person), { body: wish, headers: known === null ? {} : { 'If-Match': `"${known}"` } })

/** A code by which the person's own account comes to be that person; with the same key it is the same code. */
export const personClaimCode = (community: string, person: string, key: string): Promise<ClaimCode> =>
  post(path(community, person, 'claim-code'), { headers: { 'Idempotency-Key': key } })
