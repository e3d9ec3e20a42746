import { describe, expect, it } from 'vitest'
import type { Report, ReportDetail } from '@/api/reports'
import { hasUnread, maySay, mayTake } from './dialogue'

const report = (part: Partial<Report>): ReportDetail => ({
  report: {
    id: 'r1',
    community: 'c1',
    category: 'NOISE',
    place: '',
    text: 'text',
    anonymous: true,
    reporter: null,
    state: 'RECEIVED',
    mine: null,
    at: '2026-11-24T08:00:00Z',
    stateAt: '2026-11-24T08:00:00Z',
    unread: 0,
    ...part,
  },
  messages: [],
})

describe('the dialogue about a report', () => {
  it('is open to the reporter until the report is closed', () => {
    expect(maySay(report({}), false)).toBe(true)
    expect(maySay(report({ state: 'CLOSED' }), false)).toBe(false)
  })

  it('is open to the officer who took the report', () => {
    expect(maySay(report({ state: 'ASSIGNED', mine: true }), true)).toBe(true)
    expect(maySay(report({ state: 'ASSIGNED', mine: false }), true)).toBe(false)
    expect(mayTake(report({ mine: false }), true)).toBe(true)
    expect(mayTake(report({ state: 'ASSIGNED' }), true)).toBe(false)
    expect(mayTake(report({}), false)).toBe(false)
  })

  it('is to be read if the other side wrote', () => {
    expect(hasUnread(report({ unread: 2 }))).toBe(true)
    expect(hasUnread(report({}))).toBe(false)
  })
})
