import type { NewsItem, NewsText } from '@/api/news'
import type { Locale } from '@/i18n'

/** The news in the reader's language, or in the other one if it is written in that only; null if it was taken back. */
export function newsText(it: Pick<NewsItem, 'zh' | 'en'>, locale: Locale): NewsText | null {
  const [first, second] = locale === 'zh-CN' ? [it.zh, it.en] : [it.en, it.zh]
  return [first, second].find((text) => text?.title) ?? null
}
