import { fill } from '@/i18n'

/** `14:03:22` today, `11-23 14:03:22` on another day of this year, with the year before that. */
export function clockTime(instant: string, now: Date = new Date()): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return '–'
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
  if (at.toDateString() === now.toDateString()) return time
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return at.getFullYear() === now.getFullYear()
    ? `${day} ${time}`
    : `${at.getFullYear()}-${day} ${time}`
}

/** The whole instant with milliseconds and the offset: for tooltips and evidence. */
export function fullTime(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return '–'
  const offset = -at.getTimezoneOffset()
  const sign = offset < 0 ? '−' : '+'
  const zone = `UTC${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  const ms = String(at.getMilliseconds()).padStart(3, '0')
  return (
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ` +
    `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${ms} ${zone}`
  )
}

export interface DurationUnits {
  d: string
  h: string
  m: string
  s: string
}

/** The two largest units of a duration, e.g. `2 m 13 s`, in the units' own words. */
export function duration(ms: number, units: DurationUnits): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts: [number, keyof DurationUnits][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  if (first < 0) return fill(units.s, { n: 0 })
  return parts
    .slice(first, first + 2)
    .filter(([value], index) => index === 0 || value > 0)
    .map(([value, unit]) => fill(units[unit], { n: value }))
    .join(' ')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
