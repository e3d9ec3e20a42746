import type { WayIn } from '@/api/homes'
import type { Person, PersonWish } from '@/api/persons'

export interface PersonForm {
  /** Only for somebody new; empty: one is made up. */
  id: string
  name: string
  idNumber: string
  phone: string
  nonFaceWay: WayIn
  faceAllowed: boolean
  guardian: string
}

/** Whoever says nothing else is not known by the face. */
export const emptyForm = (): PersonForm => ({
  id: '',
  name: '',
  idNumber: '',
  phone: '',
  nonFaceWay: 'CARD',
  faceAllowed: false,
  guardian: '',
})

/** `it` must be in clear: what is masked would be recorded as it is shown. */
export const formOf = (it: Person): PersonForm => ({
  id: it.person,
  name: it.name,
  idNumber: it.idNumber ?? '',
  phone: it.phone ?? '',
  nonFaceWay: it.nonFaceWay,
  faceAllowed: it.faceAllowed,
  guardian: it.guardian,
})

/** An id of the API: it can never form another topic. */
export const isId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)

/** What is to be recorded; null as long as something is missing. */
export function personWish(form: PersonForm): PersonWish | null {
  const [id, name, idNumber, phone, guardian] = [form.id, form.name, form.idNumber, form.phone, form.guardian].map(
    (it) => it.trim(),
  ) as [string, string, string, string, string]
  if (!name || [id, guardian].some((it) => it && !isId(it))) return null
  return {
    name,
    nonFaceWay: form.nonFaceWay,
    faceAllowed: form.faceAllowed,
    ...(idNumber ? { idNumber } : {}),
    ...(phone ? { phone } : {}),
    ...(guardian ? { guardian } : {}),
  }
}
