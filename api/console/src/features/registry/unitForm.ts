import type { Purpose, Unit, UnitWish } from '@/api/units'
import { isId } from './personForm'

export interface UnitForm {
  unit: string
  building: string
  /** Empty: not known. */
  floor: number | ''
  purpose: Purpose
}

/** What the server allows, up and down. */
export const HIGHEST_FLOOR = 200

export const unitForm = (it: Unit | null): UnitForm => ({
  unit: it?.unit ?? '',
  building: it?.building ?? '',
  floor: it?.floor ?? '',
  purpose: it?.purpose ?? 'HOME',
})

/** What is to be recorded; null as long as something is missing or wrong. */
export function unitWish(form: UnitForm): UnitWish | null {
  const building = form.building.trim()
  if (!isId(form.unit.trim()) || (building && !isId(building))) return null
  if (form.floor !== '' && !(Number.isInteger(form.floor) && Math.abs(form.floor) <= HIGHEST_FLOOR)) return null
  return {
    purpose: form.purpose,
    ...(building ? { building } : {}),
    ...(form.floor === '' ? {} : { floor: form.floor }),
  }
}
