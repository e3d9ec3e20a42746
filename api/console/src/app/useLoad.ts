import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { wasAborted } from '@/api/http'
import { asProblem, type Problem } from '@/api/problem'

/** Something that is read as a whole. An answer that comes after a newer question is thrown away. */
export function useLoad<T>(fetch: (signal: AbortSignal) => Promise<T>) {
  const value = shallowRef<T | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  let running = new AbortController()

  async function reload(): Promise<void> {
    running.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const answer = await fetch(mine.signal)
      if (mine.signal.aborted) return
      value.value = answer
      problem.value = null
    } catch (error) {
      if (mine.signal.aborted || wasAborted(error)) return
      problem.value = asProblem(error)
    } finally {
      if (!mine.signal.aborted) loading.value = false
    }
  }

  onBeforeUnmount(() => running.abort())
  void reload()
  return { value, problem, loading, reload }
}
