import type { Webhook, WebhookWish } from '@/api/webhooks'

export interface WebhookDraft {
  communities: string[]
  types: string[]
  models: string[]
  url: string
}

/** Told of what people are told of, in the one community that there often is. */
export const emptyWebhook = (communities: readonly { id: string }[]): WebhookDraft => ({
  communities: communities.length === 1 ? communities.map((it) => it.id) : [],
  types: ['alert.told', 'alert.withdrawn'],
  models: [],
  url: '',
})

/** What is to be made; null as long as something is missing. Whether the address is allowed the server says. */
export function webhookWish(draft: WebhookDraft): WebhookWish | null {
  const url = draft.url.trim()
  if (!draft.communities.length || !draft.types.length || !/^https?:\/\/[^\s/]+/.test(url) || !URL.canParse(url)) {
    return null
  }
  return { communities: draft.communities, types: draft.types, models: draft.models, url }
}

export type Condition = 'DISABLED' | 'FAILING' | 'GOOD'

export const conditionOf = (it: Pick<Webhook, 'disabledAt' | 'failingSince'>): Condition =>
  it.disabledAt ? 'DISABLED' : it.failingSince ? 'FAILING' : 'GOOD'
