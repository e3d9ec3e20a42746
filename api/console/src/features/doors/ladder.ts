import type { CommandState, DoorCommand } from '@/api/doors'

/** The steps of a remote open in their order; each one is proved by somebody further away. */
export const STEPS = [
  'REQUESTED',
  'AUTHORISED',
  'SENT',
  'DEVICE_ACK',
  'RELEASED',
  'OPENED',
  'RELOCKED',
] as const

export type Step = (typeof STEPS)[number]

export const FAILURES = ['DENIED', 'DOOR_OFFLINE', 'EXPIRED', 'UNKNOWN'] as const

/** `unreached`: certainly did not happen. `unproved`: may have happened, but nobody told us. */
export type StepStatus = 'proved' | 'now' | 'pending' | 'skipped' | 'unreached' | 'unproved'

export interface LadderStep {
  step: Step
  status: StepStatus
  at: string | null
}

/**
 * What can honestly be said about the door:
 * `waiting` nothing is proved yet, `released` the lock let go, `opened` the door was seen open,
 * `refused` it certainly did not open, `unknown` nobody can say.
 */
export type Verdict = 'waiting' | 'released' | 'opened' | 'refused' | 'unknown'

export function ladder(command: DoorCommand): LadderStep[] {
  const times = new Map(command.history.map((it) => [it.state, it.at]))
  if (!times.has(command.state)) times.set(command.state, command.stateTime)
  const furthest = STEPS.findLastIndex((step) => times.has(step))
  const over = isOver(command.state)
  return STEPS.map((step, index) => {
    const at = times.get(step) ?? null
    if (command.state === 'UNKNOWN' && index > furthest) return { step, at, status: 'unproved' }
    return { step, at, status: status(index, furthest, at !== null, over) }
  })
}

function status(index: number, furthest: number, reached: boolean, over: boolean): StepStatus {
  if (reached) return index === furthest && !over ? 'now' : 'proved'
  if (index < furthest) return 'skipped'
  return over ? 'unreached' : 'pending'
}

/** Whether no further state can follow. */
export function isOver(state: CommandState): boolean {
  return state === 'RELOCKED' || isFailure(state)
}

export function isFailure(state: CommandState): boolean {
  return (FAILURES as readonly string[]).includes(state)
}

export function verdict(command: DoorCommand): Verdict {
  const reached = new Set<CommandState>([command.state, ...command.history.map((it) => it.state)])
  if (reached.has('OPENED')) return 'opened'
  if (reached.has('RELEASED') || command.state === 'RELOCKED') return 'released'
  if (command.state === 'UNKNOWN') return 'unknown'
  if (isFailure(command.state)) return 'refused'
  return 'waiting'
}
