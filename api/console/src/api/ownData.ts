import type { WayIn } from './homes'
import { apiUrl, get, put, remove } from './http'
import type { Instant, Role } from './types'

/** One time that somebody looked at the caller's data. */
export interface Disclosure {
  at: Instant
  community: string
  person: string
  byRole: Role
  byName: string
  what: string
  reason: string
}

export const listDisclosures = (signal?: AbortSignal): Promise<Disclosure[]> =>
  get('/me/disclosures', signal ? { signal } : {})

export const ownDataUrl = (): string => apiUrl('/me/export')

export const chooseWayIn = (community: string, nonFaceWay: WayIn, faceAllowed: boolean): Promise<void> =>
  put(`/me/${encodeURIComponent(community)}/way-in`, { body: { nonFaceWay, faceAllowed } })

export const eraseOwnData = (community: string): Promise<void> => remove(`/me/${encodeURIComponent(community)}`)
