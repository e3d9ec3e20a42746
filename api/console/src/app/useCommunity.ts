import { ref, watch, type Ref } from 'vue'
import { preferences } from './preferences'
import { session } from './session'

/** The one community that a page shows: what the top bar says, or the first where it says all. */
export function useCommunity(): Ref<string> {
  const now = (): string => preferences.community || (session.value?.communities[0]?.id ?? '')
  const community = ref(now())
  watch(
    () => preferences.community,
    () => (community.value = now()),
  )
  return community
}
