import type { EscalationStep } from '@/api/alerts'

/** A step that still waits, and for how long; 0 or less: it is due. */
export const msUntilDue = (step: EscalationStep, now: number): number | null =>
  step.state === 'WAITING' ? Date.parse(step.dueAt) - now : null

/** When a step was or is to be: that it is settled says more than that it was due. */
export const timeOf = (step: EscalationStep): string => step.settledAt ?? step.dueAt

/** In the order in which things happen. */
export const inOrder = (steps: readonly EscalationStep[]): EscalationStep[] =>
  [...steps].sort(
    (a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || a.number - b.number,
  )

export const dueCount = (steps: readonly EscalationStep[], now: number): number =>
  steps.filter((it) => (msUntilDue(it, now) ?? 1) <= 0).length
