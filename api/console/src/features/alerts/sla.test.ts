import { describe, expect, it } from 'vitest'
import { waiting } from './sla'

const RECEIVED = '2026-11-24T08:00:00Z'
const at = (seconds: number): number => Date.parse(RECEIVED) + seconds * 1000
const fresh = {
  severity: 'P1' as const,
  handling: 'NEW' as const,
  state: 'OPEN' as const,
  receivedAt: RECEIVED,
  acknowledgedAt: null,
}

describe('waiting', () => {
  it('goes from calm over due to overdue', () => {
    expect(waiting(fresh, at(29)).urgency).toBe('calm')
    expect(waiting(fresh, at(30)).urgency).toBe('due')
    expect(waiting(fresh, at(59)).urgency).toBe('due')
    expect(waiting(fresh, at(60))).toEqual({ ms: 60_000, urgency: 'overdue', used: 1 })
  })

  it('gives less pressing alerts more time', () => {
    expect(waiting({ ...fresh, severity: 'P2' }, at(120)).urgency).toBe('calm')
  })

  it('stops the clock when somebody takes the alert', () => {
    const taken = {
      ...fresh,
      handling: 'ACKNOWLEDGED' as const,
      acknowledgedAt: '2026-11-24T08:00:30Z',
    }
    expect(waiting(taken, at(900))).toEqual({ ms: 30_000, urgency: 'done', used: 0.5 })
  })

  it('does not press for a retracted alert, nor run backwards with a fast clock', () => {
    expect(waiting({ ...fresh, state: 'RETRACTED' }, at(900)).urgency).toBe('done')
    expect(waiting(fresh, at(-5)).ms).toBe(0)
  })
})
