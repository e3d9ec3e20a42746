import { accessKey, type AccessRow } from '@/api/accessLog'

/** As many rows as the server shows in clear at once. */
export const MOST_REVEALED = 50

/** The selection with a row taken in, or left out; unchanged if the row cannot join the others. */
export function toggled(selected: readonly AccessRow[], row: AccessRow): readonly AccessRow[] {
  const key = accessKey(row)
  const others = selected.filter((it) => accessKey(it) !== key)
  if (others.length < selected.length) return others
  return maySelect(selected, row) ? [...selected, row] : selected
}

/** Rows are shown in clear for one community at a time, and only those that name somebody. */
export const maySelect = (selected: readonly AccessRow[], row: AccessRow): boolean =>
  row.subject !== '' &&
  selected.length < MOST_REVEALED &&
  selected.every((it) => it.community === row.community)
