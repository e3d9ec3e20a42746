import { describe, expect, it } from 'vitest'
import { conditionOf, emptyWebhook, webhookWish } from './webhookDraft'

const draft = { ...emptyWebhook([{ id: 'c1' }]), url: ' https://desk.example/hook ' }

describe('a webhook', () => {
  it('is for the one community that there is', () => {
    expect(emptyWebhook([{ id: 'c1' }]).communities).toEqual(['c1'])
    expect(emptyWebhook([{ id: 'c1' }, { id: 'c2' }]).communities).toEqual([])
  })

  it('needs a community, something to tell and an address', () => {
    expect(webhookWish(draft)?.url).toBe('https://desk.example/hook')
    expect(webhookWish({ ...draft, communities: [] })).toBeNull()
    expect(webhookWish({ ...draft, types: [] })).toBeNull()
    for (const url of ['', 'desk.example', 'https://', 'ftp://desk.example', 'https:// desk']) {
      expect(webhookWish({ ...draft, url }), url).toBeNull()
    }
  })

  it('is given up, or fails, or is good', () => {
    const at = '2026-11-24T08:00:00Z'
    expect(conditionOf({ disabledAt: at, failingSince: at })).toBe('DISABLED')
    expect(conditionOf({ disabledAt: null, failingSince: at })).toBe('FAILING')
    expect(conditionOf({ disabledAt: null, failingSince: null })).toBe('GOOD')
  })
})
