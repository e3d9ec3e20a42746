import { get, put, remove } from './http'
import type { Instant } from './types'

export const PASS_KINDS = ['CONTRACTOR', 'DELIVERY'] as const
export type PassKind = (typeof PASS_KINDS)[number]

/** A pass that the property gave. */
export interface PropertyPass {
  id: string
  community: string
  kind: PassKind
  company: string
  /** Who of the property answers for the visit. */
  responsible: string
  places: string[]
  validFrom: Instant
  validTo: Instant | null
  /** 0: any number. */
  uses: number
  givenBy: string
  /** For the keypad; null for guards, who only watch. */
  code: string | null
  /** Secret of the visitor's page; null for guards. */
  link: string | null
}

export interface PropertyPassWish {
  community: string
  kind: PassKind
  company: string
  responsible: string
  places: string[]
  validFrom: Instant
  validTo: Instant
  uses: number
}

export const listPropertyPasses = (community: string, signal?: AbortSignal): Promise<PropertyPass[]> =>
  get('/property-passes', { query: { community }, ...(signal ? { signal } : {}) })

/** The id is the caller's: sent again when the answer got lost, it is still one pass. */
export const givePropertyPass = (id: string, wish: PropertyPassWish): Promise<PropertyPass> =>
  put(`/property-passes/${id}`, { body: wish })

export const revokePropertyPass = (id: string): Promise<void> => remove(`/property-passes/${id}`)
