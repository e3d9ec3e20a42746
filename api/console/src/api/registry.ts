import { apiUrl, get, post } from './http'
import type { Instant, Page } from './types'

export interface RegistryKind {
  kind: string
  /** What people fill in, in the order of a file's columns. */
  fields: string[]
}

/** A version of a thing. */
export interface RegistryEntry {
  version: string
  community: string
  kind: string
  thing: string
  recordedAt: Instant
  validFrom: Instant
  validTo: Instant | null
  /** `registry`: recorded here; `topic`: another system said it. */
  source: string
  fields: Record<string, unknown>
}

export interface EntryFilter {
  unit: string
  person: string
  /** As of when; empty: now. */
  at: string
  ended: boolean
}

export interface ImportFault {
  /** Number in the file, the header being 1. */
  row: number
  field: string
  reason: string
  text: string
}

export interface ImportReport {
  dryRun: boolean
  rows: number
  created: number
  changed: number
  unchanged: number
  faults: ImportFault[]
}

/** A file of 20 000 rows is checked row by row. */
const IMPORT_TIMEOUT_MS = 120_000

const path = (...parts: string[]): string => ['/registry', ...parts.map(encodeURIComponent)].join('/')

export const listKinds = (signal?: AbortSignal): Promise<RegistryKind[]> => get('/registry', signal ? { signal } : {})

export const listEntries = (
  community: string,
  kind: string,
  { unit, person, at, ended }: EntryFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<RegistryEntry>> =>
  get(path(community, kind), {
    query: { unit, person, at, ended: String(ended), cursor: cursor ?? undefined },
    ...(signal ? { signal } : {}),
  })

/** All versions, the newest first. */
export const entryHistory = (
  community: string,
  kind: string,
  thing: string,
  signal?: AbortSignal,
): Promise<RegistryEntry[]> => get(path(community, kind, thing), signal ? { signal } : {})

/** Records the rows of a CSV file, all or none; a dry run only says what would happen. */
export const importFile = (community: string, kind: string, file: Blob, dryRun: boolean): Promise<ImportReport> =>
  post(path(community, kind, 'import'), {
    query: { dryRun: String(dryRun) },
    file: { type: 'text/csv', bytes: file },
    // The faults of the rows.
    answers: 422,
    timeoutMs: IMPORT_TIMEOUT_MS,
  })

export const registryFileUrl = (community: string, kind: string): string => apiUrl(path(community, kind, 'export'))
