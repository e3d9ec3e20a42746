import { describe, expect, it } from 'vitest'
import { subjectPage } from './subjectPage'

describe('the page of a notice', () => {
  it('is the report that was answered', () => {
    expect(subjectPage({ kind: 'REPORT_ANSWERED', about: 'r1' })).toEqual({ name: 'report', params: { id: 'r1' } })
  })

  it('are the leases for all that is told of one', () => {
    expect(subjectPage({ kind: 'LEASE_ENDED', about: 'l1' })).toMatchObject({ query: { tab: 'leases' } })
  })

  it('is none for what is only told', () => {
    expect(subjectPage({ kind: 'GUEST_ARRIVED', about: 'p1' })).toBeNull()
  })
})
