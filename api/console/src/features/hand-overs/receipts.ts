import type { HandOver } from '@/api/handOvers'

/** Whether a reader still has to confirm a note; nobody confirms the own one. */
export const isUnread = (it: Pick<HandOver, 'author' | 'readBy'>, reader: string): boolean =>
  it.author !== reader && !it.readBy.includes(reader)
