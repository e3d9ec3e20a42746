import { describe, expect, it } from 'vitest'
import type { CommandState, DoorCommand } from '@/api/doors'
import { isOver, ladder, STEPS, verdict } from './ladder'

function command(...states: CommandState[]): DoorCommand {
  const history = states.map((state, index) => ({ state, at: `2026-11-24T08:00:0${index}Z` }))
  const last = history.at(-1)
  if (!last) throw new Error('a command has at least one state')
  return { id: 'c', door: 'd', state: last.state, stateTime: last.at, history, reason: null }
}

const statuses = (it: DoorCommand): string => ladder(it).map((step) => step.status).join(' ')

describe('the ladder of a door command', () => {
  it('shows what is proved, what is awaited, what is to come', () => {
    expect(statuses(command('REQUESTED', 'AUTHORISED', 'SENT'))).toBe(
      'proved proved now pending pending pending pending',
    )
  })

  it('is all proved at the end', () => {
    expect(new Set(ladder(command(...STEPS)).map((it) => it.status))).toEqual(new Set(['proved']))
  })

  it('does not claim a step that was not seen', () => {
    const nobodyWent = command('REQUESTED', 'AUTHORISED', 'SENT', 'DEVICE_ACK', 'RELEASED', 'RELOCKED')
    expect(ladder(nobodyWent)[5]).toEqual({ step: 'OPENED', at: null, status: 'skipped' })
    expect(verdict(nobodyWent)).toBe('released')
  })

  it('stops at a failure', () => {
    const offline = command('REQUESTED', 'AUTHORISED', 'DOOR_OFFLINE')
    expect(statuses(offline)).toBe('proved proved' + ' unreached'.repeat(5))
    expect(isOver(offline.state)).toBe(true)
  })

  it('does not deny what it cannot know', () => {
    expect(statuses(command('REQUESTED', 'AUTHORISED', 'SENT', 'UNKNOWN'))).toBe(
      'proved proved proved' + ' unproved'.repeat(4),
    )
  })

  it('uses the state itself when the history is behind', () => {
    const bare: DoorCommand = { ...command('REQUESTED'), state: 'SENT', stateTime: 'x', history: [] }
    expect(ladder(bare)[2]).toEqual({ step: 'SENT', at: 'x', status: 'now' })
  })
})

describe('the verdict', () => {
  it.each<[CommandState[], string]>([
    [['REQUESTED'], 'waiting'],
    [['REQUESTED', 'AUTHORISED', 'SENT'], 'waiting'],
    [['REQUESTED', 'AUTHORISED', 'SENT', 'DEVICE_ACK'], 'waiting'],
    [['SENT', 'DEVICE_ACK', 'RELEASED'], 'released'],
    [['SENT', 'DEVICE_ACK', 'RELEASED', 'OPENED'], 'opened'],
    [['RELEASED', 'OPENED', 'RELOCKED'], 'opened'],
    [['REQUESTED', 'DENIED'], 'refused'],
    [['REQUESTED', 'AUTHORISED', 'DOOR_OFFLINE'], 'refused'],
    [['SENT', 'EXPIRED'], 'refused'],
    [['SENT', 'UNKNOWN'], 'unknown'],
    [['SENT', 'DEVICE_ACK', 'RELEASED', 'UNKNOWN'], 'released'],
  ])('of %s is %s', (states, expected) => {
    expect(verdict(command(...states))).toBe(expected)
  })
})
