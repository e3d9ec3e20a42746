import { ref, shallowRef, watch } from 'vue'
import type { AlertItem } from '@/api/alerts'
import { openStream, type StreamState } from '@/api/eventStream'
import type { Problem } from '@/api/problem'
import { overview, type Overview } from '@/api/overview'
import { locale } from '@/i18n'
import { preferences } from './preferences'

/** The console's one live line: alerts as they come and the counts of the top bar. */
export const streamState = ref<StreamState>('closed')
/** Why the line is not there, if the server said so. */
export const streamProblem = shallowRef<Problem | null>(null)
export const counts = ref<Overview | null>(null)

type AlertListener = (alerts: AlertItem[]) => void

const alertListeners = new Set<AlertListener>()
const gapListeners = new Set<() => void>()

/** A flood of alerts is handed on in batches, so that the page stays usable. */
const BATCH_MS = 200
const COUNTS_EVERY_MS = 15_000
const COUNTS_AFTER_ALERT_MS = 1_000

let batch = new Map<string, AlertItem>()

export function startLive(): () => void {
  let lastEventId = ''
  const open = (): (() => void) =>
    openStream({
      path: '/alerts/stream',
      lastEventId,
      onState: (state, problem) => {
        streamState.value = state
        // A refusal stands as the reason after the stream gave up.
        if (problem || state === 'live') streamProblem.value = problem ?? null
      },
      onEvent: (event) => {
        lastEventId = event.id
        if (event.name === 'alert') collect(JSON.parse(event.data) as AlertItem)
      },
      onGap: () => gapListeners.forEach((listener) => listener()),
    })
  let closeStream = open()
  // The server writes the alerts in the language that was asked for when the stream was opened.
  const stopWatching = watch(locale, () => {
    closeStream()
    closeStream = open()
  })
  const timer = setInterval(() => void refreshCounts(), COUNTS_EVERY_MS)
  void refreshCounts()
  return () => {
    stopWatching()
    closeStream()
    clearInterval(timer)
    counts.value = null
  }
}

/** Hands an alert to everybody who shows it, whether the stream or our own action brought it. */
export function alertChanged(alert: AlertItem): void {
  alertListeners.forEach((listener) => listener([alert]))
  refreshCountsSoon()
}

/** Calls back with new and changed alerts until the returned function is called. */
export function onAlerts(listener: AlertListener): () => void {
  alertListeners.add(listener)
  return () => alertListeners.delete(listener)
}

/** Calls back when alerts may have been missed and lists must be read again. */
export function onGap(listener: () => void): () => void {
  gapListeners.add(listener)
  return () => gapListeners.delete(listener)
}

export async function refreshCounts(): Promise<void> {
  try {
    counts.value = await overview(preferences.community)
  } catch {
    counts.value = null // the top bar then shows no counts rather than old ones
  }
}

function collect(alert: AlertItem): void {
  if (batch.size === 0) setTimeout(flush, BATCH_MS)
  // Deleting first keeps the order of arrival.
  batch.delete(alert.id)
  batch.set(alert.id, alert)
}

function flush(): void {
  const alerts = [...batch.values()]
  batch = new Map()
  alertListeners.forEach((listener) => listener(alerts))
  refreshCountsSoon()
}

let soon: ReturnType<typeof setTimeout> | undefined

function refreshCountsSoon(): void {
  if (soon !== undefined) return
  soon = setTimeout(() => {
    soon = undefined
    void refreshCounts()
  }, COUNTS_AFTER_ALERT_MS)
}
