import { get } from './http'
import type { Severity } from './types'

/** The counts of the top bar, for one community or all that the user may see. */
export interface Overview {
  openAlerts: Partial<Record<Severity, number>>
  doorsOnline: number
  doorsOffline: number
  eventsLastMinute: number
}

export const overview = (community: string): Promise<Overview> =>
  get('/overview', { query: { community } })
