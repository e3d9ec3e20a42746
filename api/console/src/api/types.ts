/** One page of a keyset-paged list; `next` is the cursor of the following page, if there is one. */
export interface Page<T> {
  items: T[]
  next: string | null
}

export interface Named {
  id: string
  name: string
}

export type Role = 'POLICE' | 'PROPERTY' | 'RESIDENT' | 'OPERATIONS' | 'AUDITOR'

/** What somebody is charged with within the role. */
export type Duty = 'NONE' | 'GUARD' | 'OPERATOR' | 'MANAGER' | 'ANALYST' | 'SUPERVISOR'

export type Severity = 'P1' | 'P2' | 'P3' | 'P4'

export const SEVERITIES: readonly Severity[] = ['P1', 'P2', 'P3', 'P4']

/** An instant as the API writes it: ISO 8601 in UTC. */
export type Instant = string
