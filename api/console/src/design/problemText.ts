import { NETWORK, TIMEOUT, type Problem } from '@/api/problem'
import { t } from '@/i18n'

/** What to tell the user: the server's own words if it has any. */
export function problemText(problem: Problem): string {
  if (problem.code === NETWORK) return t('problem.network')
  if (problem.code === TIMEOUT) return t('problem.timeout')
  if (problem.detail || problem.title) return problem.detail || problem.title
  if (problem.status === 403) return t('problem.forbidden')
  if (problem.status === 404) return t('problem.notFound')
  if (problem.status === 429) return t('problem.tooMany')
  if (problem.status >= 500) return t('problem.server')
  return t('problem.other', { code: problem.code })
}
