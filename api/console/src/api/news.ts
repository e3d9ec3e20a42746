import { get } from './http'
import type { Instant, Page } from './types'

export interface NewsText {
  title: string
  body: string
}

export interface NewsItem {
  id: string
  communities: string[]
  /** Null if it was taken back. */
  zh: NewsText | null
  en: NewsText | null
  publishAt: Instant
  expiresAt: Instant
  state: 'DRAFT' | 'PUBLISHED' | 'WITHDRAWN'
  withdrawnFor: string
}

export const listNews = (cursor: string | null, signal?: AbortSignal): Promise<Page<NewsItem>> =>
  get('/news', { query: { limit: 20, cursor: cursor ?? undefined }, ...(signal ? { signal } : {}) })

/** Whoever asks for it has opened it. */
export const openNews = (id: string): Promise<NewsItem> => get(`/news/${encodeURIComponent(id)}`)
