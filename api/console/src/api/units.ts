import { get, put } from './http'
import type { Instant, Page } from './types'

export const PURPOSES = ['HOME', 'SHOP', 'OFFICE', 'PLANT'] as const
export type Purpose = (typeof PURPOSES)[number]

export interface Unit {
  community: string
  unit: string
  version: number
  recordedAt: Instant
  /** Empty: none. */
  building: string
  floor: number | null
  purpose: Purpose
}

export interface UnitWish {
  building?: string
  floor?: number
  purpose: Purpose
}

const path = (...parts: string[]): string => ['/units', ...parts.map(encodeURIComponent)].join('/')

export const listUnits = (community: string, cursor: string | null, signal?: AbortSignal): Promise<Page<Unit>> =>
  get(path(community), { query: { cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

/** `known`: the version that is to be changed; null for a new unit. */
export const recordUnit = (community: string, unit: string, wish: UnitWish, known: number | null): Promise<Unit> =>
  put(path(community, unit), { body: wish, headers: known === null ? {} : { 'If-Match': `"${known}"` } })
