import { onBeforeUnmount, onMounted } from 'vue'

/** Calls the action of a key, unless the user is writing, or a dialog or menu has the keyboard. */
export function useTriageKeys(actions: Record<string, () => void>): void {
  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target instanceof Element && isBusy(event.target, event.key)) return
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined
    if (!action) return
    event.preventDefault()
    action()
  }

  onMounted(() => window.addEventListener('keydown', pressed))
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed))
}

const WRITING = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]'

/** Whether the key belongs to what has the focus: a field, a menu, an open dialog, a button, a scrolled text. */
function isBusy(target: Element, key: string): boolean {
  if (target.closest(WRITING)) return true
  const dialogs = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')]
  if (dialogs.some((it) => it.getClientRects().length > 0)) return true
  if (key === 'Enter') return target.closest('a, button') !== null
  if (key.startsWith('Arrow')) return target.closest('[data-testid="alert-detail"]') !== null
  return false
}
