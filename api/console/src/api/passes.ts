import { get, put, remove } from './http'
import type { Instant } from './types'

/** A visitor's pass as its host sees it. */
export interface VisitorPass {
  id: string
  community: string
  unit: string
  visitor: string
  partySize: number
  places: string[]
  validFrom: Instant
  validTo: Instant | null
  uses: number
  /** For the keypad. */
  code: string
  /** Secret of the visitor's page. */
  link: string
}

export interface PassWish {
  community: string
  unit: string
  visitor: string
  partySize: number
  validFrom: Instant
  validTo: Instant
  uses: number
}

/** What the visitor's page shows. */
export interface ShownPass {
  community: string
  validFrom: Instant
  validTo: Instant | null
  uses: number
  /** Text of the QR code. */
  qr: string
  /** When it must be fetched anew. */
  until: Instant
}

export const listPasses = (signal?: AbortSignal): Promise<VisitorPass[]> =>
  get('/visitor-passes', signal ? { signal } : {})

/** The id is the caller's: sent again when the answer got lost, it is still one pass. */
export const givePass = (id: string, wish: PassWish): Promise<VisitorPass> =>
  put(`/visitor-passes/${id}`, { body: wish })

export const revokePass = (id: string): Promise<void> => remove(`/visitor-passes/${id}`)

export const showPass = (link: string, signal?: AbortSignal): Promise<ShownPass> =>
  get(`/pass-links/${encodeURIComponent(link)}`, signal ? { signal } : {})
