import { ref, shallowRef } from 'vue'
import { wasAborted } from '@/api/http'
import { asProblem, type Problem } from '@/api/problem'
import type { Page } from '@/api/types'

/**
 * A keyset-paged list: the first page, then more. An answer that comes after a newer question is thrown away; what
 * the list already has (the live stream may have brought it) is not added again.
 *
 * @param fetchPage asks for the page after a cursor, or the first one for null
 * @param keyOf what tells the items apart
 */
export function usePages<T>(
  fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>,
  keyOf: (item: T) => string,
) {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const loading = ref(false)
  const loaded = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let running = new AbortController()

  async function fetch(cursor: string | null): Promise<void> {
    running.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const page = await fetchPage(cursor, mine.signal)
      if (mine.signal.aborted) return
      items.value = cursor === null ? page.items : append(items.value, page.items, keyOf)
      next.value = page.next
      problem.value = null
      loaded.value = true
    } catch (error) {
      if (mine.signal.aborted || wasAborted(error)) return
      problem.value = asProblem(error)
    } finally {
      if (!mine.signal.aborted) loading.value = false
    }
  }

  return {
    items,
    next,
    loading,
    loaded,
    problem,
    reload: () => fetch(null),
    loadMore: async () => {
      if (next.value !== null && !loading.value) await fetch(next.value)
    },
    /** Changes the list in place, e.g. by an event of the live stream. */
    edit: (change: (items: T[]) => T[]) => {
      items.value = change(items.value)
    },
    stop: () => running.abort(),
  }
}

function append<T>(known: T[], more: T[], keyOf: (item: T) => string): T[] {
  const keys = new Set(known.map(keyOf))
  return [...known, ...more.filter((it) => !keys.has(keyOf(it)))]
}
