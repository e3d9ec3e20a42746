import { computed } from 'vue'
import { useLoad } from '@/app/useLoad'
import { allPlaces } from './allPlaces'

/** What the places of a community are called; one that is not known, or not yet, by its id. */
export function usePlaceNames(community: () => string): (id: string) => string {
  const { value: places } = useLoad((signal) => allPlaces(community(), signal))
  const names = computed(() => new Map((places.value ?? []).map((it) => [it.id, it.name])))
  return (id) => names.value.get(id) ?? id
}
