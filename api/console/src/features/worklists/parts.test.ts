import { describe, expect, it } from 'vitest'
import { partsOf } from './parts'

describe('worklists', () => {
  it('are all there from operator on', () => {
    expect(partsOf({ role: 'PROPERTY', duty: 'OPERATOR' })).toEqual(['leases', 'consistency', 'parking', 'sync'])
    expect(partsOf({ role: 'PROPERTY', duty: 'MANAGER' })).toHaveLength(4)
  })

  it('are the parking for a guard, and the terminals for operations', () => {
    expect(partsOf({ role: 'PROPERTY', duty: 'GUARD' })).toEqual(['parking'])
    expect(partsOf({ role: 'OPERATIONS', duty: 'NONE' })).toEqual(['sync'])
  })
})
