import { reactive, watch } from 'vue'
import { newId } from '@/api/newId'
import { useDeed } from './useDeed'

/**
 * What a dialog asks for: empty and under a new id each time it opens. Sent again because the answer got lost, it keeps
 * its id and is still one wish.
 */
export function useWish<Draft extends object>(open: () => boolean, empty: () => Draft) {
  const draft = reactive(empty()) as Draft
  const { busy, problem, run } = useDeed()
  let id = newId()

  watch(open, (opened) => {
    if (!opened) return
    Object.assign(draft, empty())
    problem.value = null
    id = newId()
  })

  /** Whether it was done. */
  const send = (deed: (id: string) => Promise<unknown>): Promise<boolean> => run(() => deed(id))

  return { draft, busy, problem, send }
}
