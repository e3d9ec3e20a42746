import type { Export, ExportKind, ExportWish } from '@/api/exports'

const GOOD_MS = 24 * 3_600_000

export interface ExportDraft {
  what: ExportKind
  registryKind: string
  period: [Date, Date] | null
  reason: string
}

export const emptyExport = (): ExportDraft => ({ what: 'ACCESS_LOG', registryKind: '', period: null, reason: '' })

/** What is to be asked for; null as long as something is missing. */
export function exportWish(draft: ExportDraft, community: string): ExportWish | null {
  if (!community || !draft.reason.trim()) return null
  switch (draft.what) {
    case 'REGISTRY':
      return draft.registryKind ? { what: draft.what, community, registryKind: draft.registryKind } : null
    case 'ACCESS_LOG':
      return draft.period
        ? { what: draft.what, community, from: draft.period[0].toISOString(), to: draft.period[1].toISOString() }
        : null
    case 'PERSONS':
      return { what: draft.what, community }
  }
}

/** Whether the approval of an export is not good any more. */
export const isOver = (it: Export, now: number): boolean =>
  it.state === 'APPROVED' && (it.decidedAt === null || Date.parse(it.decidedAt) + GOOD_MS < now)

/** Who is shown the file: whoever asked. */
export const mayDownload = (it: Export, reader: string, now: number): boolean =>
  it.state === 'APPROVED' && it.askedBy === reader && !isOver(it, now)

/** A second person decides; the server knows for sure who asked. */
export const mayDecide = (it: Pick<Export, 'state' | 'askedBy'>, reader: string, manager: boolean): boolean =>
  manager && it.state === 'ASKED' && it.askedBy !== reader
