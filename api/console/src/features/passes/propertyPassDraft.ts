import type { PassKind, PropertyPassWish } from '@/api/propertyPasses'

export interface PropertyPassDraft {
  kind: PassKind
  company: string
  responsible: string
  places: string[]
  period: [Date, Date] | null
  /** 0: any number. */
  uses: number
}

/** What the server allows. */
export const MOST_USES = 1_000
const LONGEST_MS = 31 * 86_400_000
const USUAL_MS = 4 * 3_600_000

/** For the next four hours, once. */
export const emptyDraft = (now: number): PropertyPassDraft => ({
  kind: 'DELIVERY',
  company: '',
  responsible: '',
  places: [],
  period: [new Date(now), new Date(now + USUAL_MS)],
  uses: 1,
})

/** A courier comes so many times, a contractor maybe all day long. */
export const leastUses = (kind: PassKind): number => (kind === 'DELIVERY' ? 1 : 0)

/** What is to be asked for; null as long as something is missing or too much. */
export function propertyPassWish(draft: PropertyPassDraft, community: string): PropertyPassWish | null {
  const [company, responsible] = [draft.company.trim(), draft.responsible.trim()]
  if (!community || !company || !responsible || !draft.places.length || !draft.period) return null
  if (!Number.isInteger(draft.uses) || draft.uses < leastUses(draft.kind) || draft.uses > MOST_USES) return null
  const [from, to] = draft.period
  if (to <= from || to.getTime() - from.getTime() > LONGEST_MS) return null
  return {
    community,
    kind: draft.kind,
    company,
    responsible,
    places: draft.places,
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
    uses: draft.uses,
  }
}
