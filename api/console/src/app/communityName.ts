import { session } from './session'

/** The name of one of the user's communities; the id if it is none of them. */
export const communityName = (id: string): string =>
  session.value?.communities.find((it) => it.id === id)?.name ?? id
