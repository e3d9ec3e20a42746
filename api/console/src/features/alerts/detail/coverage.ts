/** Below this share of expected reports a model may not have seen what explains the alert. */
const LOW = 0.8

export interface Coverage {
  text: string
  low: boolean
}

/** Coverage comes as a share 0..1 or as words; nothing known is not the same as full. */
export function coverageText(coverage: string | number | null): Coverage {
  if (coverage === null || coverage === '') return { text: '', low: false }
  const share = Number(coverage)
  if (Number.isNaN(share)) return { text: String(coverage), low: false }
  return { text: `${Math.round(share * 100)} %`, low: share < LOW }
}
