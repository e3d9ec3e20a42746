import { computed, shallowRef } from 'vue'
import type { Session } from '@/api/session'
import {
  currentSession,
  logIn as apiLogIn,
  logOut as apiLogOut,
  secondStep as apiSecondStep,
} from '@/api/session'
import { Problem } from '@/api/problem'
import type { Duty, Role } from '@/api/types'
import { includes } from './duty'
import { preferences } from './preferences'

/** Who is logged in; undefined until the server was asked. */
const current = shallowRef<Session | null | undefined>(undefined)

export const session = computed(() => current.value ?? null)

export const hasRole = (...roles: Role[]): boolean =>
  current.value != null && roles.includes(current.value.role)

/** Whether the duty includes this one. */
export const may = (duty: Duty): boolean => current.value != null && includes(current.value.duty, duty)

/** At the property it takes this duty; other roles may whatever theirs is. */
const mayAtProperty = (duty: Duty): boolean => !hasRole('PROPERTY') || may(duty)

/** May hold alerts back. */
export const silencesAlerts = (): boolean => mayAtProperty('OPERATOR')

/** May say how many alerts a day are enough. */
export const setsBudgets = (): boolean => mayAtProperty('MANAGER')

/** Works through alerts. */
export const isStaff = (): boolean => hasRole('POLICE', 'PROPERTY', 'OPERATIONS')

/** May know who passed a door, and hold doors closed. */
export const guardsDoors = (): boolean => hasRole('POLICE', 'PROPERTY')

/** Asks the server once who we are. A server that cannot be reached is the caller's to show. */
export async function restoreSession(): Promise<Session | null> {
  if (current.value === undefined) {
    try {
      enter(await currentSession())
    } catch (error) {
      if (error instanceof Problem && error.status === 401) current.value = null
      else throw error
    }
  }
  return current.value ?? null
}

export async function logIn(username: string, password: string): Promise<Session> {
  const entered = await apiLogIn(username, password)
  enter(entered)
  return entered
}

export async function secondStep(code: string): Promise<Session> {
  const entered = await apiSecondStep(code)
  enter(entered)
  return entered
}

/** The account has a second factor now. */
export function secondFactorConfirmed(): void {
  if (current.value) current.value = { ...current.value, secondFactor: 'ON' }
}

export async function logOut(): Promise<void> {
  await apiLogOut()
  current.value = null
}

/** The server says that the session is over. */
export function sessionEnded(): void {
  current.value = null
}

function enter(entered: Session): void {
  current.value = entered
  if (!preferences.localeChosen && (entered.locale === 'en' || entered.locale === 'zh-CN')) {
    preferences.locale = entered.locale
  }
  if (!entered.communities.some((community) => community.id === preferences.community)) {
    preferences.community = ''
  }
}
