import { describe, expect, it } from 'vitest'
import type { Person } from '@/api/persons'
import type { Duty } from '@/api/types'
import { changedFields, fieldTexts } from './entryFields'
import { emptyForm, formOf, isId, personWish } from './personForm'
import { mayExport, mayImport, mayRead, partsOf } from './registryRules'
import { unitForm, unitWish } from './unitForm'

const property = (duty: Duty) => ({ role: 'PROPERTY', duty }) as const
const operations = { role: 'OPERATIONS', duty: 'NONE' } as const

describe('the registry', () => {
  it('shows operations the site and nobody', () => {
    expect(partsOf(operations)).toEqual(['entries'])
    expect(partsOf(property('OPERATOR'))[0]).toBe('persons')
    expect(mayRead('device', operations)).toBe(true)
    expect(mayRead('lease', operations)).toBe(false)
  })

  it('takes files from whoever keeps the kind', () => {
    expect(mayImport('vehicle', property('OPERATOR'))).toBe(true)
    expect(mayImport('device', property('OPERATOR'))).toBe(false)
    expect(mayImport('device', property('MANAGER'))).toBe(true)
    expect(mayImport('device', operations)).toBe(true)
    expect(mayImport('vehicle', operations)).toBe(false)
  })

  it('takes no permits from a file', () => {
    expect(mayImport('permit', property('MANAGER'))).toBe(false)
  })

  it('gives files to managers and operations', () => {
    expect(mayExport('lease', property('OPERATOR'))).toBe(false)
    expect(mayExport('lease', property('MANAGER'))).toBe(true)
    expect(mayExport('lease', operations)).toBe(false)
    expect(mayExport('place', operations)).toBe(true)
  })
})

describe('a person', () => {
  it('needs a name', () => {
    expect(personWish(emptyForm())).toBeNull()
    expect(personWish({ ...emptyForm(), name: ' Han ' })).toEqual({
      name: 'Han',
      nonFaceWay: 'CARD',
      faceAllowed: false,
    })
  })

  it('has ids that fit into an address', () => {
    expect(personWish({ ...emptyForm(), name: 'Han', id: 'p/1' })).toBeNull()
    expect(personWish({ ...emptyForm(), name: 'Han', guardian: 'p 1' })).toBeNull()
    expect(isId('p-1.a_B')).toBe(true)
    expect(isId('-p')).toBe(false)
    expect(isId('p'.repeat(65))).toBe(false)
  })

  it('stays the same if nothing is changed', () => {
    const known: Person = {
      community: 'c1',
      person: 'p1',
      version: 3,
      recordedAt: '2026-11-24T08:00:00Z',
      name: 'Han',
      idNumber: null,
      phone: '13800000001',
      nonFaceWay: 'PIN',
      faceAllowed: true,
      guardian: 'p2',
      home: '',
    }
    expect(personWish(formOf(known))).toEqual({
      name: 'Han',
      phone: '13800000001',
      nonFaceWay: 'PIN',
      faceAllowed: true,
      guardian: 'p2',
    })
  })
})

describe('a unit', () => {
  it('needs an id and a floor that can be', () => {
    const form = { ...unitForm(null), unit: '1-101' }
    expect(unitWish({ ...form, unit: '' })).toBeNull()
    expect(unitWish({ ...form, floor: 201 })).toBeNull()
    expect(unitWish({ ...form, floor: 1.5 })).toBeNull()
    expect(unitWish(form)).toEqual({ purpose: 'HOME' })
    expect(unitWish({ ...form, building: 'b1', floor: -2 })).toEqual({ purpose: 'HOME', building: 'b1', floor: -2 })
  })
})

describe('the fields of an entry', () => {
  it('are shown if they say something', () => {
    expect(fieldTexts({ a: 'x', b: null, c: '', d: ['p', 'q'], e: false, f: { g: 1 }, h: [] })).toEqual([
      ['a', 'x'],
      ['d', 'p; q'],
      ['e', 'false'],
      ['f', '{"g":1}'],
    ])
  })

  it('are marked where a version changed them', () => {
    expect(changedFields({ a: 1, b: [1] }, { a: 2, b: [1] })).toEqual(new Set(['a']))
    expect(changedFields({ a: 1 }, undefined)).toEqual(new Set())
  })
})
