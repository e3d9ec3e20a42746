import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { listDoors, type Door } from '@/api/doors'
import { asProblem, type Problem } from '@/api/problem'

const REFRESH_MS = 5_000

/** The doors that the user may see, read again every few seconds while the page is in sight. */
export function useDoors() {
  const doors = shallowRef<Door[]>([])
  const problem = shallowRef<Problem | null>(null)
  const loaded = ref(false)

  async function reload(): Promise<void> {
    try {
      doors.value = await listDoors()
      problem.value = null
      loaded.value = true
    } catch (error) {
      problem.value = asProblem(error)
    }
  }

  const timer = setInterval(() => {
    if (!document.hidden) void reload()
  }, REFRESH_MS)
  onBeforeUnmount(() => clearInterval(timer))
  void reload()

  return { doors, problem, loaded, reload }
}
