import type { AccessRow } from './accessLog'
import { get, post, put, remove } from './http'
import type { Instant, Page } from './types'

export type CaseState = 'REQUESTED' | 'OPEN' | 'EXPIRED' | 'CLOSED'

/** A place of a community; an empty one stands for all of them. */
export interface Area {
  community: string
  place: string
}

export interface CaseFile {
  id: string
  number: string
  legalBasis: string
  purpose: string
  areas: Area[]
  from: Instant
  to: Instant
  state: CaseState
  members: string[]
  openedBy: string
  openedAt: Instant
  approvedBy: string | null
  expires: Instant
  alerts: string[]
  /** Whether the caller works on it. */
  member: boolean
  version: number
}

export interface CaseWish {
  number: string
  legalBasis: string
  purpose: string
  areas: Area[]
  from: Instant
  to: Instant
  expires: Instant
  members: string[]
}

export type QuestionKind = 'SUBJECT' | 'PLACE' | 'COLLISION'

export const QUESTION_KINDS: readonly QuestionKind[] = ['SUBJECT', 'PLACE', 'COLLISION']
export const SUBJECT_TYPES = ['plate', 'credential', 'person'] as const

export interface Spot {
  community: string
  place: string
  from: Instant
  to: Instant
}

export interface Question {
  kind: QuestionKind
  subjectType?: string
  subject?: string
  /** Where a credential or a person is known; a plate is the same everywhere. */
  community?: string
  from?: Instant
  to?: Instant
  spots?: Spot[]
}

export type Passage = Pick<
  AccessRow,
  'time' | 'community' | 'place' | 'placeName' | 'device' | 'id' | 'subjectType' | 'subject' | 'direction' | 'outcome'
>

/** A look-up; in lists without its answer. */
export interface LookUp {
  id: string
  question: Question
  askedBy: string
  askedAt: Instant
  approvers: string[]
  /** `WAITING`: it names so many that a second person must approve. */
  state: 'SHOWN' | 'WAITING' | null
  subjects: number | null
  rows: Passage[] | null
  truncated: boolean
}

export interface CaseNote {
  id: string
  author: string
  at: Instant
  text: string
}

export type OrderState = 'REQUESTED' | 'ACTIVE' | 'EXPIRED' | 'WITHDRAWN'

export interface WatchOrder {
  id: string
  subjectType: string
  subject: string
  legalBasis: string
  communities: string[]
  state: OrderState
  askedBy: string
  approvers: string[]
  expires: Instant
  version: number
}

export interface OrderWish {
  caseId: string
  subjectType: string
  subject: string
  legalBasis: string
  communities: string[]
  expires: Instant
}

const path = (id: string, ...rest: string[]): string => ['/cases', id, ...rest.map(encodeURIComponent)].join('/')
const ifMatch = (version: number): { headers: Record<string, string> } => ({ headers: { 'If-Match': `"${version}"` } })

export const listCases = (states: string, cursor: string | null, signal?: AbortSignal): Promise<Page<CaseFile>> =>
  get('/cases', { query: { state: states, cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

export const findCase = (id: string): Promise<CaseFile> => get(path(id))

/** The id is the caller's: sent again when the answer got lost, it is still one case. */
export const openCase = (id: string, wish: CaseWish): Promise<CaseFile> => put(path(id), { body: wish })

export const approveCase = (id: string): Promise<CaseFile> => post(path(id, 'approve'))

export const closeCase = (it: CaseFile): Promise<CaseFile> => post(path(it.id, 'close'), ifMatch(it.version))

export const listLookUps = async (caseId: string): Promise<LookUp[]> =>
  (await get<{ items: LookUp[] }>(path(caseId, 'look-ups'))).items

export const askLookUp = (caseId: string, id: string, question: Question): Promise<LookUp> =>
  put(path(caseId, 'look-ups', id), { body: question })

export const showLookUp = (caseId: string, id: string): Promise<LookUp> => get(path(caseId, 'look-ups', id))

export const revealLookUp = (caseId: string, id: string, reason: string): Promise<LookUp> =>
  post(path(caseId, 'look-ups', id, 'reveal'), { body: { reason } })

export const approveLookUp = (caseId: string, id: string): Promise<LookUp> =>
  post(path(caseId, 'look-ups', id, 'approve'))

export const listNotes = async (caseId: string): Promise<CaseNote[]> =>
  (await get<{ items: CaseNote[] }>(path(caseId, 'notes'))).items

export const addNote = (caseId: string, id: string, text: string): Promise<CaseNote> =>
  put(path(caseId, 'notes', id), { body: { text } })

export const listOrders = async (caseId: string): Promise<WatchOrder[]> =>
  (await get<Page<WatchOrder>>('/watch-orders', { query: { case: caseId, limit: 200 } })).items

export const askOrder = (id: string, wish: OrderWish): Promise<WatchOrder> =>
  put(`/watch-orders/${id}`, { body: wish })

export const approveOrder = (id: string): Promise<WatchOrder> => post(`/watch-orders/${id}/approve`)

export const withdrawOrder = (it: WatchOrder): Promise<void> =>
  remove(`/watch-orders/${it.id}`, ifMatch(it.version))
