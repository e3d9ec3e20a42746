import type { RouteLocationRaw } from 'vue-router'
import type { Notice } from '@/api/notices'

/** Where there is more to see about what a notice tells; null if there is nothing. */
export function subjectPage(it: Pick<Notice, 'kind' | 'about'>): RouteLocationRaw | null {
  if (it.kind.startsWith('LEASE_')) return { name: 'home-page', query: { tab: 'leases' } }
  if (it.kind === 'REPORT_ANSWERED') return { name: 'report', params: { id: it.about } }
  return null
}
