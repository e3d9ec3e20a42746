import { describe, expect, it } from 'vitest'
import type { Duty } from '@/api/types'
import { includes } from './duty'
import { maySee, pagesOf, startPage } from './pages'

const property = (duty: Duty) => ({ role: 'PROPERTY', duty }) as const

describe('duties', () => {
  it('include the lower ones of the same role only', () => {
    expect(includes('MANAGER', 'GUARD')).toBe(true)
    expect(includes('GUARD', 'OPERATOR')).toBe(false)
    expect(includes('SUPERVISOR', 'OPERATOR')).toBe(false)
    expect(includes('NONE', 'NONE')).toBe(true)
  })
})

describe('pages', () => {
  it('give an auditor the audit log and nothing else', () => {
    const auditor = { role: 'AUDITOR', duty: 'NONE' } as const
    expect(pagesOf(auditor)).toEqual(['audit'])
    expect(startPage(auditor)).toBe('audit')
  })

  it('give the audit log to nobody else', () => {
    expect(maySee('audit', property('MANAGER'))).toBe(false)
    expect(maySee('audit', { role: 'POLICE', duty: 'SUPERVISOR' })).toBe(false)
  })

  it('hide from a guard what the duty may not do', () => {
    expect(maySee('exports', property('GUARD'))).toBe(false)
    expect(maySee('exports', property('OPERATOR'))).toBe(true)
    expect(maySee('work-orders', property('GUARD'))).toBe(true)
    expect(maySee('registry', property('GUARD'))).toBe(true)
    expect(maySee('passes', property('GUARD'))).toBe(true)
    expect(maySee('statistics', property('GUARD'))).toBe(false)
    expect(maySee('webhooks', property('OPERATOR'))).toBe(false)
    expect(maySee('webhooks', property('MANAGER'))).toBe(true)
    expect(maySee('statistics', { role: 'OPERATIONS', duty: 'NONE' })).toBe(true)
  })

  it('start residents at their doors and staff at the alerts', () => {
    expect(startPage({ role: 'RESIDENT', duty: 'NONE' })).toBe('doors')
    expect(startPage(property('GUARD'))).toBe('alerts')
  })
})
