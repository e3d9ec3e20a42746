import { onScopeDispose, readonly, ref } from 'vue'

const current = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time, ticking once a second for everybody together, and only while somebody shows it. */
export function useNow(): Readonly<typeof current> {
  if (users++ === 0) {
    current.value = Date.now()
    timer = setInterval(() => (current.value = Date.now()), 1_000)
  }
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return readonly(current)
}
