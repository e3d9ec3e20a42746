import { onScopeDispose, ref, shallowRef } from 'vue'
import { commandStreamPath, doorCommand, openDoor, type DoorCommand } from '@/api/doors'
import { openStream } from '@/api/eventStream'
import { asProblem, type Problem } from '@/api/problem'
import { newIdempotencyKey } from './idempotencyKey'
import { isOver } from './ladder'

/** Longer than any door command lives; after it we ask once more and then stop guessing. */
const PATIENCE_MS = 30_000
const ASK_EVERY_MS = 2_000
/** How often a question whose answer got lost is asked again, always with the same key. */
const ATTEMPTS = 3

/** One remote open from the click to its end, followed live. */
export function useDoorOpening() {
  const command = shallowRef<DoorCommand | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  /** The server went quiet before the end: what is shown may be behind the truth. */
  const lost = ref(false)
  let stop = (): void => undefined

  async function open(door: string): Promise<void> {
    reset()
    busy.value = true
    const key = newIdempotencyKey()
    try {
      follow(await ask(door, key))
    } catch (error) {
      problem.value = asProblem(error)
      busy.value = false
    }
  }

  async function ask(door: string, key: string): Promise<DoorCommand> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await openDoor(door, key)
      } catch (error) {
        if (!asProblem(error).unreachable || attempt === ATTEMPTS) throw error
      }
    }
  }

  function follow(first: DoorCommand): void {
    show(first)
    if (isOver(first.state)) return
    const closeStream = openStream({
      path: commandStreamPath(first.id),
      onEvent: (event) => show(JSON.parse(event.data) as DoorCommand),
    })
    // The stream is the fast way; asking now and then makes sure that a broken one misleads nobody.
    const asking = setInterval(() => void again(first.id), ASK_EVERY_MS)
    const patience = setTimeout(() => {
      stop()
      busy.value = false
    }, PATIENCE_MS)
    stop = () => {
      closeStream()
      clearInterval(asking)
      clearTimeout(patience)
    }
  }

  async function again(id: string): Promise<void> {
    try {
      show(await doorCommand(id))
    } catch {
      if (busy.value) lost.value = true
    }
  }

  function show(now: DoorCommand): void {
    const known = command.value
    if (known && known.id === now.id && now.history.length < known.history.length) return
    command.value = now
    lost.value = false
    if (isOver(now.state)) {
      stop()
      busy.value = false
    }
  }

  function reset(): void {
    stop()
    stop = () => undefined
    command.value = null
    problem.value = null
    lost.value = false
    busy.value = false
  }

  onScopeDispose(() => stop())

  return { command, problem, busy, lost, open, reset }
}
