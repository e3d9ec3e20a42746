import { get } from './http'
import { Problem } from './problem'
import type { Severity } from './types'

/** The counts of the top bar, for one community or all that the user may see. */
export interface Overview {
  openAlerts: Partial<Record<Severity, number>>
  doorsOnline: number
  doorsOffline: number
  eventsLastMinute: number
}

export async function overview(community: string): Promise<Overview> {
  const answer = await get<Overview>('/overview', { query: { community } })
  // The top bar stands around every page: an answer of another shape must not take them all down.
  if (typeof answer.openAlerts !== 'object') throw new Problem(0, 'client.unexpected', '', '')
  return answer
}
