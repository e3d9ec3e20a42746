import { computed, onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { listAlerts, type AlertItem } from '@/api/alerts'
import { onAlerts, onGap } from '@/app/live'
import { usePages } from '@/app/usePages'
import { locale } from '@/i18n'
import { apiFilterOf, belongs, fitsTold, stays, type QueueFilter } from './queueFilter'
import { mergeAlerts, type Rules } from './queueMerge'
import { calls, newlyCalling } from './told'

/** More rows than anybody reads; beyond it the oldest are dropped and can be read again. */
const MOST_ROWS = 400

/**
 * The alert list that lives: pages of the API plus what the stream brings. New alerts wait outside while `held`
 * is true, so that the list does not move under a reader; changes to alerts in the list show at once.
 *
 * @param selected the alert under the user's eyes
 * @param onCall called with the alerts that somebody is told of as they come, shown or waiting
 */
export function useQueue(
  filter: Ref<QueueFilter>,
  held: Ref<boolean>,
  selected: Ref<string | null>,
  onCall: (alerts: AlertItem[]) => void,
) {
  const pages = usePages(
    async (cursor, signal) => {
      const page = await listAlerts(apiFilterOf(filter.value, Date.now()), cursor, signal)
      return { ...page, items: page.items.filter((it) => fitsTold(it, filter.value)) }
    },
    (alert) => alert.id,
  )
  const waitingOutside = shallowRef<AlertItem[]>([])
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const cut = ref(false)

  const rules: Rules = {
    belongs: (alert) => belongs(alert, filter.value, Date.now()) && !isFurtherDown(alert),
    stays: (alert) => stays(alert, filter.value),
  }

  /** An old alert that changed but stands on a page not loaded yet: it comes with that page. */
  function isFurtherDown(alert: AlertItem): boolean {
    const last = pages.items.value.at(-1)
    if (!last || pages.next.value === null) return false
    return Date.parse(alert.receivedAt) < Date.parse(last.receivedAt)
  }

  function receive(alerts: AlertItem[]): void {
    const listed = new Set(pages.items.value.map((it) => it.id))
    const known = alerts.filter((it) => listed.has(it.id))
    const unknown = alerts.filter((it) => !listed.has(it.id))
    const seen = [...pages.items.value, ...waitingOutside.value]
    const calling = newlyCalling(seen, alerts.filter(rules.belongs))
    if (known.length) show(known)
    if (held.value) {
      waitingOutside.value = mergeAlerts(waitingOutside.value, unknown, rules, null).items
    } else if (unknown.length) {
      show(unknown)
    }
    if (calling.length) onCall(calling)
  }

  function show(alerts: AlertItem[]): void {
    let arrived: AlertItem[] = []
    pages.edit((items) => {
      const merge = mergeAlerts(items, alerts, rules, selected.value)
      arrived = merge.arrived
      return merge.items
    })
    fresh.value = new Set(arrived.filter(calls).map((it) => it.id))
    if (pages.items.value.length > MOST_ROWS && arrived.length) {
      cut.value = true
      pages.edit((items) => items.slice(0, MOST_ROWS))
    }
  }

  /** Lets in what has waited outside. */
  function letIn(): void {
    const alerts = waitingOutside.value
    waitingOutside.value = []
    show([...alerts].reverse())
  }

  async function reload(): Promise<void> {
    waitingOutside.value = []
    fresh.value = new Set()
    cut.value = false
    await pages.reload()
  }

  watch(held, (now) => {
    if (!now) letIn()
  })
  // What stayed only because the user looked at it leaves when the user looks elsewhere.
  watch(selected, (id) =>
    pages.edit((items) => items.filter((it) => it.id === id || rules.stays(it))),
  )
  watch([() => JSON.stringify(filter.value), locale], () => void reload())

  const offAlerts = onAlerts(receive)
  const offGap = onGap(() => void reload())
  onBeforeUnmount(() => {
    offAlerts()
    offGap()
    pages.stop()
  })
  void reload()

  return {
    ...pages,
    reload,
    letIn,
    waitingOutside,
    fresh,
    more: computed(() => pages.next.value !== null || cut.value),
    loadMore: async () => {
      if (cut.value) await reload()
      else await pages.loadMore()
    },
  }
}
