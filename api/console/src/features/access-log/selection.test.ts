import { describe, expect, it } from 'vitest'
import type { AccessRow } from '@/api/accessLog'
import { maySelect, MOST_REVEALED, toggled } from './selection'

const row = (id: number, community = 'c1', subject = '粤B·****1'): AccessRow => ({
  id: String(id),
  time: '2026-11-24T08:00:00Z',
  receivedAt: '2026-11-24T08:00:00Z',
  community,
  communityName: community,
  place: 'p1',
  placeName: 'Gate',
  device: 'd1',
  kind: 'plate-read',
  subjectType: 'plate',
  subject,
  direction: 'IN',
  outcome: 'GRANTED',
  reason: null,
  buffered: false,
})

describe('the rows to be shown in clear', () => {
  it('come and go one by one', () => {
    const one = toggled([], row(1))
    expect(one).toHaveLength(1)
    expect(toggled(one, row(1))).toEqual([])
  })

  it('are of one community', () => {
    expect(maySelect([row(1)], row(2, 'c2'))).toBe(false)
    expect(toggled([row(1)], row(2, 'c2'))).toHaveLength(1)
  })

  it('name somebody', () => {
    expect(maySelect([], row(1, 'c1', ''))).toBe(false)
  })

  it('are as many as the server shows', () => {
    const most = Array.from({ length: MOST_REVEALED }, (_, index) => row(index))
    expect(maySelect(most, row(MOST_REVEALED))).toBe(false)
  })
})
