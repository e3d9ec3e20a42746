import type { Home, HomeRole } from '@/api/homes'
import { communityName } from '@/app/communityName'

export type Part = 'members' | 'leases' | 'care' | 'belongings'

/** Who lives in the home as a household, and may enrol somebody for care. */
export const inHousehold = (role: HomeRole): boolean => ['OWNER', 'TENANT', 'FAMILY'].includes(role)

/** Who says who else lives there. */
export const keepsHome = (role: HomeRole): boolean => role === 'OWNER' || role === 'TENANT'

/** Whom the household may bring in, and let go. */
export const GUESTS_OF_HOUSEHOLD = ['FAMILY', 'CARER'] as const satisfies readonly HomeRole[]

/** What somebody gets to see of a home in this role. */
export function partsOf(role: HomeRole | undefined): [Part, ...Part[]] {
  if (!role || !inHousehold(role)) return ['belongings']
  return keepsHome(role) ? ['members', 'leases', 'care', 'belongings'] : ['members', 'care', 'belongings']
}

export const homeKey = (it: Home): string => `${it.community}/${it.unit}`

export const homeName = (it: Home): string => `${communityName(it.community)} · ${it.unit}`
