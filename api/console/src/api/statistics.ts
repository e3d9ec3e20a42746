import { apiUrl, get } from './http'
import type { Instant, Severity } from './types'

/** A door; rates are per 1 000 passages. What rests on fewer than five is null. */
export interface DoorFigures {
  community: string
  place: string
  name: string
  passages: number | null
  forced: number
  heldOpen: number
  tailgating: number
  forcedRate: number | null
  heldOpenRate: number | null
  tailgatingRate: number | null
}

export interface DeviceFigures {
  community: string
  device: string
  kind: string
  place: string
  /** Of the period, from the first one in which it was heard. */
  hours: number
  heard: number
  /** Between 0 and 1; null: it was never heard. */
  uptime: number | null
}

/** Times in seconds. What rests on fewer than five alerts is null. */
export interface ResponseFigures {
  community: string
  severity: Severity
  alerts: number | null
  acknowledgeMedian: number | null
  acknowledgeP90: number | null
  closeMedian: number | null
  closeP90: number | null
}

interface Reports {
  doors: DoorFigures
  devices: DeviceFigures
  response: ResponseFigures
}

export type ReportName = keyof Reports

export interface StatisticsFilter {
  community: string
  from: Instant
  to: Instant
}

export const statistics = async <N extends ReportName>(
  name: N,
  filter: StatisticsFilter,
  signal?: AbortSignal,
): Promise<Reports[N][]> =>
  (await get<{ items: Reports[N][] }>(`/statistics/${name}`, { query: { ...filter }, ...(signal ? { signal } : {}) })).items

export const statisticsCsvUrl = (name: ReportName, filter: StatisticsFilter): string =>
  apiUrl(`/statistics/${name}.csv`, { ...filter })
