import { listEntries } from '@/api/registry'
import type { Named } from '@/api/types'

const NOW = { unit: '', person: '', at: '', ended: false }

/** The places of a community that there are now, by name. */
export async function allPlaces(community: string, signal?: AbortSignal): Promise<Named[]> {
  const places: Named[] = []
  let cursor: string | null = null
  do {
    const page = await listEntries(community, 'place', NOW, cursor, signal)
    places.push(...page.items.map((it) => ({ id: it.thing, name: nameOf(it.fields, it.thing) })))
    cursor = page.next
  } while (cursor !== null)
  return places.sort((a, b) => a.name.localeCompare(b.name))
}

function nameOf(fields: Record<string, unknown>, id: string): string {
  const name = fields['name']
  return typeof name === 'string' && name ? name : id
}
