import { computed } from 'vue'
import { preferences } from '@/app/preferences'
import { en } from './en'
import { zhCN } from './zh-CN'

export type Locale = 'zh-CN' | 'en'

type Texts = typeof en
/** Every path to a text: 'queue.title', 'door.state.SENT' ... */
export type TextKey = {
  [G in keyof Texts & string]: {
    [K in keyof Texts[G] & string]: Texts[G][K] extends string
      ? `${G}.${K}`
      : `${G}.${K}.${keyof Texts[G][K] & string}`
  }[keyof Texts[G] & string]
}[keyof Texts & string]

/** Every group of texts that are chosen by a code. */
export type TextGroup = {
  [G in keyof Texts & string]: {
    [K in keyof Texts[G] & string]: Texts[G][K] extends string ? never : `${G}.${K}`
  }[keyof Texts[G] & string]
}[keyof Texts & string]

const TEXTS: Record<Locale, Texts> = { en, 'zh-CN': zhCN }

export const locale = computed<Locale>(() => preferences.locale)

/** The text in the user's language; `{name}` is replaced by the value of that name. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return fill(lookUp(TEXTS[locale.value], key.split('.')) ?? key, values)
}

/** The text for a code, with points or without, that the server may extend; an unknown code is shown as it is. */
export function tCode(group: TextGroup, code: string): string {
  return lookUp(TEXTS[locale.value], [...group.split('.'), code]) ?? code
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

function lookUp(texts: Texts, path: readonly string[]): string | undefined {
  let node: unknown = texts
  for (const part of path) {
    if (typeof node !== 'object' || node === null) return undefined
    node = Object.hasOwn(node, part) ? (node as Record<string, unknown>)[part] : undefined
  }
  return typeof node === 'string' ? node : undefined
}
