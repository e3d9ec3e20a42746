import { describe, expect, it } from 'vitest'
import type { Export } from '@/api/exports'
import { emptyExport, exportWish, isOver, mayDecide, mayDownload } from './exportRules'

const decidedAt = '2026-11-24T08:00:00Z'
const HOUR_MS = 3_600_000
const approved: Export = {
  id: 'e1',
  community: 'c1',
  wish: { what: 'PERSONS', community: 'c1' },
  reason: 'census',
  askedBy: 'Li',
  askedAt: '2026-11-24T07:00:00Z',
  state: 'APPROVED',
  decidedBy: 'Wang',
  decidedAt,
  note: '',
}

describe('the wish for an export', () => {
  it('needs a reason', () => {
    expect(exportWish({ ...emptyExport(), what: 'PERSONS', reason: ' ' }, 'c1')).toBeNull()
  })

  it('needs a kind for the registry and a period for the access log', () => {
    const draft = { ...emptyExport(), reason: 'census' }
    expect(exportWish({ ...draft, what: 'REGISTRY' }, 'c1')).toBeNull()
    expect(exportWish({ ...draft, what: 'ACCESS_LOG' }, 'c1')).toBeNull()
    expect(exportWish({ ...draft, what: 'REGISTRY', registryKind: 'lease' }, 'c1')).toEqual({
      what: 'REGISTRY',
      community: 'c1',
      registryKind: 'lease',
    })
  })
})

describe('an export', () => {
  const now = Date.parse(decidedAt)

  it('is for whoever asked, for 24 hours', () => {
    expect(mayDownload(approved, 'Li', now + HOUR_MS)).toBe(true)
    expect(mayDownload(approved, 'Wang', now + HOUR_MS)).toBe(false)
    expect(mayDownload(approved, 'Li', now + 25 * HOUR_MS)).toBe(false)
    expect(isOver(approved, now + 25 * HOUR_MS)).toBe(true)
  })

  it('is decided by a manager who did not ask', () => {
    const asked: Export = { ...approved, state: 'ASKED', decidedAt: null, decidedBy: null }
    expect(mayDecide(asked, 'Wang', true)).toBe(true)
    expect(mayDecide(asked, 'Li', true)).toBe(false)
    expect(mayDecide(asked, 'Wang', false)).toBe(false)
    expect(mayDecide(approved, 'Wang', true)).toBe(false)
  })
})
