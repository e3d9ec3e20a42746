import { describe, expect, it } from 'vitest'
import { isOverdue, stepsFrom } from './orderSteps'

describe('work orders', () => {
  it('go on until they are done or cancelled', () => {
    expect(stepsFrom('OPEN')[0]).toBe('IN_PROGRESS')
    expect(stepsFrom('IN_PROGRESS')[0]).toBe('DONE')
    expect(stepsFrom('DONE')).toEqual([])
    expect(stepsFrom('CANCELLED')).toEqual([])
  })

  it('are overdue only while there is something to do', () => {
    const due = '2026-11-24T08:00:00Z'
    const later = Date.parse(due) + 1
    expect(isOverdue({ state: 'OPEN', due }, later)).toBe(true)
    expect(isOverdue({ state: 'OPEN', due }, later - 2)).toBe(false)
    expect(isOverdue({ state: 'DONE', due }, later)).toBe(false)
    expect(isOverdue({ state: 'OPEN', due: null }, later)).toBe(false)
  })
})
