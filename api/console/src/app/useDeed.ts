import { ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'

/** Something that the user does: once at a time, and its problem stands until the next try. */
export function useDeed() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  /** Whether it was done. */
  async function run(deed: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await deed()
      return true
    } catch (error) {
      problem.value = asProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, run }
}
