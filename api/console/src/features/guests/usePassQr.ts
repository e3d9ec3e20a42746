import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { showPass } from '@/api/passes'
import { useLoad } from '@/app/useLoad'
import { useNow } from '@/time/now'
import { goodUntil, renewIn } from './qrLife'

/** After a failed try; the code on the screen is good for a while. */
const RETRY_MS = 5_000

/** The pass behind a link, with a QR code that is renewed in time. */
export function usePassQr(link: () => string) {
  const { value: pass, problem, reload } = useLoad((signal) => showPass(link(), signal))
  const now = useNow()
  const renewsAt = ref(0)
  const badAt = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** It has ended or was revoked: nothing comes any more. */
  const gone = computed(() => problem.value?.status === 404)
  const over = computed(() => now.value >= badAt.value)
  const secondsLeft = computed(() => Math.max(0, Math.ceil((renewsAt.value - now.value) / 1_000)))

  function loadIn(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), ms)
  }

  /** Timers sleep with the phone. */
  function wake(): void {
    if (document.visibilityState === 'visible' && !gone.value) void reload()
  }

  watch(pass, (shown) => {
    if (!shown) return
    const fetchedAt = Date.now()
    const wait = renewIn(shown.until, fetchedAt)
    renewsAt.value = fetchedAt + wait
    badAt.value = goodUntil(shown.until, fetchedAt)
    loadIn(wait)
  })
  watch(problem, (failed) => {
    if (failed && !gone.value) loadIn(RETRY_MS)
  })
  watch(link, () => void reload())
  document.addEventListener('visibilitychange', wake)
  onBeforeUnmount(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', wake)
  })

  return { pass, problem, gone, over, secondsLeft, now, reload }
}
