import { watchEffect } from 'vue'
import { locale } from '@/i18n'
import { preferences } from './preferences'

/** Keeps the document's language, colours and text size as the user chose them. */
export function keepAppearance(): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    const root = document.documentElement
    const dark = preferences.theme === 'dark' || (preferences.theme === 'auto' && system.matches)
    root.classList.toggle('dark', dark)
    root.dataset['text'] = preferences.textSize
    root.lang = locale.value
  }
  watchEffect(apply)
  system.addEventListener('change', apply)
}
