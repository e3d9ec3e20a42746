import type { AlertDetail, Subject } from '@/api/alerts'
import type { Silence } from '@/api/silences'
import { emptyDraft, type SilenceDraft } from './silenceDraft'

/** The server refuses to silence these at any severity; of other models it tells the dangerous ones all the same. */
const ALWAYS_TOLD: ReadonlySet<string> = new Set(['duress', 'sos'])

export const canBeSilenced = (alert: Pick<AlertDetail, 'model' | 'telling'>): boolean =>
  !ALWAYS_TOLD.has(alert.model) && alert.telling?.reason !== 'NEVER_SUPPRESSED'

export const devicesOf = (alert: Pick<AlertDetail, 'evidence'>): string[] => [
  ...new Set(alert.evidence.map((it) => it.device).filter((it) => it !== '')),
]

/** Those that this reader sees in full: a masked id would match nothing. */
export const subjectsOf = (alert: Pick<AlertDetail, 'subjects'>): Subject[] =>
  alert.subjects.filter((it) => it.id !== '' && !it.id.includes('***'))

/** The narrowest of the usual wishes: this model at this place. */
export const draftFor = (alert: AlertDetail): SilenceDraft => ({
  ...emptyDraft(alert.community),
  model: alert.model,
  place: alert.place,
})

/** The silences that hold now for alerts like this one; none for what is told whatever comes. */
export function covering(silences: readonly Silence[], alert: AlertDetail): Silence[] {
  if (!canBeSilenced(alert)) return []
  const devices = devicesOf(alert)
  const subjects = alert.subjects.map((it) => it.id)
  return silences.filter(
    (it) =>
      it.state === 'ACTIVE' &&
      it.community === alert.community &&
      (it.model === null || it.model === alert.model) &&
      (it.place === null || it.place === alert.place) &&
      (it.device === null || devices.includes(it.device)) &&
      (it.subject === null || subjects.includes(it.subject)),
  )
}
