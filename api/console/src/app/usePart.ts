import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The part of a page that its address names (`?tab=`); the first one otherwise. */
export function usePart<T extends string>(parts: () => readonly [T, ...T[]]): WritableComputedRef<T> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => parts().find((it) => it === route.query['tab']) ?? parts()[0],
    set: (tab) => void router.replace({ query: { tab } }),
  })
}
