import type { NewPerson, WayIn } from '@/api/homes'

export interface PersonDraft {
  name: string
  phone: string
  way: WayIn
}

export const emptyPerson = (): PersonDraft => ({ name: '', phone: '', way: 'CARD' })

/** Who is to be brought in; null as long as the name is missing. */
export function newPerson(draft: PersonDraft): NewPerson | null {
  const [name, phone] = [draft.name.trim(), draft.phone.trim()]
  if (!name) return null
  return { name, nonFaceWay: draft.way, ...(phone ? { phone } : {}) }
}
