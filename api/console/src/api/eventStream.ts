import { openEventStream } from './http'
import { asProblem, type Problem } from './problem'
import { SseParser, type SseEvent } from './sseParser'

export type StreamState = 'connecting' | 'live' | 'waiting' | 'closed'

export interface StreamOptions {
  path: string
  onEvent: (event: SseEvent) => void
  onState?: (state: StreamState, problem?: Problem) => void
  /** Called when the line stands but cannot resume, because no id is known yet: something may have been missed. */
  onGap?: () => void
  /** Where to resume, if an earlier stream got that far. */
  lastEventId?: string
}

/** The server sends a heartbeat every 15 s; twice that and a bit without a byte means a dead line. */
const SILENCE_MS = 40_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * A server-sent event stream that comes back by itself. The browser's EventSource gives up after an HTTP
 * error and cannot resume then, nor notice a half-open line; this one does both, with Last-Event-ID.
 * Returns a function that ends it.
 */
export function openStream(options: StreamOptions): () => void {
  const ended = new AbortController()
  void run(options, ended.signal)
  return () => ended.abort()
}

async function run(options: StreamOptions, ended: AbortSignal): Promise<void> {
  let lastEventId = options.lastEventId ?? ''
  let failures = 0
  while (!ended.aborted) {
    options.onState?.('connecting')
    try {
      const line = new AbortController()
      const signal = AbortSignal.any([ended, line.signal])
      const response = await openEventStream(options.path, lastEventId, signal)
      if (response.status === 204 || !response.body) break
      options.onState?.('live')
      if (!lastEventId) options.onGap?.()
      failures = 0
      await read(response.body, line, (event) => {
        if (ended.aborted) return
        if (event.id) lastEventId = event.id
        options.onEvent(event)
      })
      if (ended.aborted) break
      options.onState?.('waiting')
    } catch (error) {
      if (ended.aborted) break
      const problem = asProblem(error)
      options.onState?.('waiting', problem)
      // A refusal does not change by asking again.
      if (problem.status >= 400 && problem.status < 500 && problem.status !== 429) break
    }
    await pause(backoff(failures++), ended)
  }
  if (!ended.aborted) options.onState?.('closed')
}

async function read(
  body: ReadableStream<Uint8Array>,
  line: AbortController,
  deliver: (event: SseEvent) => void,
): Promise<void> {
  const parser = new SseParser()
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let silence = setTimeout(() => line.abort(), SILENCE_MS)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(silence)
      silence = setTimeout(() => line.abort(), SILENCE_MS)
      for (const event of parser.push(decoder.decode(value, { stream: true }))) deliver(event)
    }
  } finally {
    clearTimeout(silence)
    line.abort()
  }
}

/** 1 s, 2 s, 4 s ... 30 s, each spread over half its length so that many consoles do not return at once. */
export function backoff(failures: number, random = Math.random()): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10))
  return full / 2 + (random * full) / 2
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
