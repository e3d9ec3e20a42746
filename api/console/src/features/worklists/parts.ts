import type { Duty, Role } from '@/api/types'
import { includes } from '@/app/duty'

export type Part = 'leases' | 'consistency' | 'parking' | 'sync'

/** The worklists of an account: guards watch the parking, operations the terminals. */
export function partsOf({ role, duty }: { role: Role; duty: Duty }): [Part, ...Part[]] {
  if (role === 'OPERATIONS') return ['sync']
  return includes(duty, 'OPERATOR') ? ['leases', 'consistency', 'parking', 'sync'] : ['parking']
}
