import type { Duty, Role } from '@/api/types'
import { includes } from '@/app/duty'

export type Part = 'persons' | 'units' | 'entries'

interface Who {
  role: Role
  duty: Duty
}

/** Kinds of the site, not of its people. */
const SITE_KINDS = ['community', 'building', 'place', 'device']
const READ_BY_OPERATIONS = [...SITE_KINDS, 'list-membership']

/** Operations keep the site and know nobody. */
export const partsOf = ({ role }: Who): [Part, ...Part[]] =>
  role === 'OPERATIONS' ? ['entries'] : ['persons', 'units', 'entries']

export const mayRead = (kind: string, { role }: Who): boolean =>
  role === 'PROPERTY' || (role === 'OPERATIONS' && READ_BY_OPERATIONS.includes(kind))

/** A permit needs two persons, so no file brings one. */
export function mayImport(kind: string, who: Who): boolean {
  if (kind === 'permit' || !mayRead(kind, who)) return false
  return who.role === 'OPERATIONS' || includes(who.duty, SITE_KINDS.includes(kind) ? 'MANAGER' : 'OPERATOR')
}

/** Alone; operators ask for an export instead. */
export const mayExport = (kind: string, who: Who): boolean =>
  mayRead(kind, who) && (who.role === 'OPERATIONS' || includes(who.duty, 'MANAGER'))
