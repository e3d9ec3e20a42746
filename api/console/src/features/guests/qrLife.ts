/** Doors take the code of the half minute before, too: one that was just fetched is good for this long at least. */
const GRACE_MS = 30_000
const PERIOD_MS = 30_000
const LEAST_WAIT_MS = 5_000

/** Until the next code is fetched; at most a half minute, whatever this clock thinks of the server's. */
export const renewIn = (until: string, now: number): number =>
  Math.min(PERIOD_MS, Math.max(LEAST_WAIT_MS, Date.parse(until) - now))

/** From when on a door may refuse a code that was fetched at a time and not renewed since. */
export const goodUntil = (until: string, fetchedAt: number): number =>
  fetchedAt + GRACE_MS + Math.min(PERIOD_MS, Math.max(0, Date.parse(until) - fetchedAt))

/** The digits in groups, as people read and type them. */
export const digitGroups = (code: string): string => code.replace(/\d{4}(?=\d)/g, '$& ')
