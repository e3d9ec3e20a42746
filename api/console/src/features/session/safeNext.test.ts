import { describe, expect, it } from 'vitest'
import { safeNext } from './safeNext'

describe('safeNext', () => {
  it('keeps a page of the console', () => {
    expect(safeNext('/alerts/7?severity=P1')).toBe('/alerts/7?severity=P1')
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:1', '', undefined])(
    'goes to the start for %s',
    (next) => {
      expect(safeNext(next)).toBe('/')
    },
  )
})
