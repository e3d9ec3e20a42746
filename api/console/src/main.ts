import { createApp } from 'vue'
import App from './App.vue'
import { configureHttp } from './api/http'
import { keepAppearance } from './app/appearance'
import { keepPreferences } from './app/preferences'
import { router } from './app/router'
import { session, sessionEnded } from './app/session'
import './design/element'
import './design/tokens.css'
import './design/base.css'
import './design/controls.css'
import { locale } from './i18n'

configureHttp({ language: () => locale.value, unauthorised: backToLogin })
keepPreferences()
keepAppearance()

createApp(App).use(router).mount('#app')

/** Whoever loses the session comes back to the same page after logging in again. */
function backToLogin(): void {
  if (!session.value) return
  sessionEnded()
  void router.push({ name: 'login', query: { next: router.currentRoute.value.fullPath } })
}
