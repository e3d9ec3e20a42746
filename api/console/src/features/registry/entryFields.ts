/** The fields that say something, as texts: lists in one, what is deeper as JSON. */
export function fieldTexts(fields: Record<string, unknown>): [name: string, text: string][] {
  return Object.entries(fields)
    .map(([name, value]): [string, string] => [name, textOf(value)])
    .filter(([, text]) => text !== '')
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every((it) => typeof it === 'string')) return value.join('; ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The names of the fields that a version changed, against the one before it. */
export function changedFields(now: Record<string, unknown>, before: Record<string, unknown> | undefined): Set<string> {
  if (!before) return new Set()
  const names = new Set([...Object.keys(now), ...Object.keys(before)])
  return new Set([...names].filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name])))
}
