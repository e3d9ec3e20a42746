import { describe, expect, it } from 'vitest'
import { partsOf } from './homeParts'
import { emptyPerson, newPerson } from './personDraft'

describe('parts of a home', () => {
  it('are all there for who keeps it', () => {
    expect(partsOf('OWNER')).toEqual(['members', 'leases', 'care', 'belongings'])
  })

  it('have no leases for the family', () => {
    expect(partsOf('FAMILY')).not.toContain('leases')
  })

  it('are the own things for who only works there', () => {
    expect(partsOf('STAFF')).toEqual(['belongings'])
    expect(partsOf(undefined)).toEqual(['belongings'])
  })
})

describe('a person to be brought in', () => {
  it('needs a name', () => {
    expect(newPerson({ ...emptyPerson(), name: '  ' })).toBeNull()
  })

  it('has a phone only if one was written', () => {
    expect(newPerson({ name: ' A ', phone: ' ', way: 'CARD' })).toEqual({ name: 'A', nonFaceWay: 'CARD' })
    expect(newPerson({ name: 'A', phone: ' 1 ', way: 'QR' })).toEqual({ name: 'A', phone: '1', nonFaceWay: 'QR' })
  })
})
