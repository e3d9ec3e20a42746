import { reactive, watch } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
export type TextSize = 'normal' | 'large'

interface Preferences {
  locale: 'zh-CN' | 'en'
  /** Whether the user chose the language here; until then the account's language counts. */
  localeChosen: boolean
  theme: Theme
  textSize: TextSize
  sound: boolean
  /** The community that the user looks at; empty for all of theirs. */
  community: string
}

const KEY = 'gatehouse.preferences'

/** What the user chose on this machine. */
export const preferences = reactive<Preferences>({
  locale: browserLocale(),
  localeChosen: false,
  theme: 'auto',
  textSize: 'normal',
  sound: false,
  community: '',
  ...stored(),
})

export function keepPreferences(): void {
  watch(preferences, (now) => store(now))
}

function browserLocale(): Preferences['locale'] {
  const language = typeof navigator === 'undefined' ? 'en' : navigator.language
  return language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

function stored(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>
  } catch {
    return {} // no storage here, or somebody else's text in it: the defaults are fine
  }
}

function store(value: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(value))
  } catch {
    // private browsing without storage: the choice lasts as long as the page
  }
}
