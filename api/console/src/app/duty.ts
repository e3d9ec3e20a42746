import type { Duty } from '@/api/types'

const INCLUDED: Partial<Record<Duty, readonly Duty[]>> = {
  OPERATOR: ['GUARD'],
  MANAGER: ['GUARD', 'OPERATOR'],
  SUPERVISOR: ['ANALYST'],
}

/** Whether whoever has one duty may do what the other one may. */
export const includes = (has: Duty, other: Duty): boolean =>
  has === other || (INCLUDED[has] ?? []).includes(other)
