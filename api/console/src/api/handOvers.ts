import { get, post, put } from './http'
import type { Instant } from './types'

/** What was open in a case. */
export interface OpenWork {
  caseId: string
  caseNumber: string
  /** Look-ups and watch orders that somebody had yet to approve. */
  waiting: number
  /** Watch orders in force. */
  orders: number
}

/** What a shift leaves to the next one. */
export interface HandOver {
  id: string
  /** User name. */
  author: string
  at: Instant
  text: string
  /** The open cases of its author at that time, as far as the reader may see them. */
  work: OpenWork[]
  /** User names of those who confirmed that they read it. */
  readBy: string[]
}

export const listHandOvers = async (signal?: AbortSignal): Promise<HandOver[]> =>
  (await get<{ items: HandOver[] }>('/cases/hand-overs', signal ? { signal } : {})).items

/** The id is the caller's: sent again when the answer got lost, it is still one note. */
export const writeHandOver = (id: string, text: string): Promise<HandOver> =>
  put(`/cases/hand-overs/${id}`, { body: { text } })

export const confirmRead = (id: string): Promise<HandOver> => post(`/cases/hand-overs/${encodeURIComponent(id)}/read`)
