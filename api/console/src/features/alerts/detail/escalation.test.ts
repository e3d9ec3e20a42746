import { describe, expect, it } from 'vitest'
import type { EscalationStep } from '@/api/alerts'
import { dueCount, inOrder, msUntilDue, timeOf } from './escalation'

function step(number: number, dueAt: string, change: Partial<EscalationStep> = {}): EscalationStep {
  return {
    audience: 'PROPERTY',
    number,
    channel: 'CALL',
    dueAt,
    state: 'WAITING',
    why: '',
    settledAt: null,
    ...change,
  }
}

const call = step(1, '2026-11-24T08:01:00Z')
const visit = step(2, '2026-11-24T08:05:00Z', { channel: 'VISIT' })
const stopped = step(3, '2026-11-24T08:09:00Z', {
  state: 'STOPPED',
  why: 'ACKNOWLEDGED',
  settledAt: '2026-11-24T08:02:00Z',
})
const now = Date.parse('2026-11-24T08:01:30Z')

describe('the steps of an escalation', () => {
  it('come in the order in which they are due', () => {
    expect(inOrder([visit, call])).toEqual([call, visit])
  })

  it('count down only while they wait', () => {
    expect(msUntilDue(visit, now)).toBe(210_000)
    expect(msUntilDue(call, now)).toBe(-30_000)
    expect(msUntilDue(stopped, now)).toBeNull()
    expect(dueCount([call, visit, stopped], now)).toBe(1)
  })

  it('show when they were settled rather than when they were due', () => {
    expect(timeOf(stopped)).toBe(stopped.settledAt)
    expect(timeOf(visit)).toBe(visit.dueAt)
  })
})
