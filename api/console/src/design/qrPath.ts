/** The dark squares of a code as one SVG path: a stroke a run of a row, one unit a square. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows.map((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`).join('')).join('')
}

/** Where the dark runs of a row begin, and how long they are. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  row.forEach((dark, x) => {
    const last = found.at(-1)
    if (!dark) return
    if (last && last[0] + last[1] === x) last[1]++
    else found.push([x, 1])
  })
  return found
}
