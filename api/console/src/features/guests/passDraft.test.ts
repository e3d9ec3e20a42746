import { describe, expect, it } from 'vitest'
import { emptyPass, passWish } from './passDraft'

const draft = () => ({ ...emptyPass(0), community: 'c1', unit: '1-101', visitor: ' Guest ' })

describe('a visitor’s pass', () => {
  it('is for four hours and one use unless more is asked for', () => {
    expect(passWish(draft())).toEqual({
      community: 'c1',
      unit: '1-101',
      visitor: 'Guest',
      partySize: 1,
      validFrom: '1970-01-01T00:00:00.000Z',
      validTo: '1970-01-01T04:00:00.000Z',
      uses: 1,
    })
  })

  it('needs a guest and a home', () => {
    expect(passWish({ ...draft(), visitor: ' ' })).toBeNull()
    expect(passWish({ ...draft(), unit: '' })).toBeNull()
  })

  it('stays within what the server allows', () => {
    expect(passWish({ ...draft(), uses: 101 })).toBeNull()
    expect(passWish({ ...draft(), uses: 1.5 })).toBeNull()
    expect(passWish({ ...draft(), partySize: 0 })).toBeNull()
    expect(passWish({ ...draft(), period: [new Date(5), new Date(5)] })).toBeNull()
  })
})
