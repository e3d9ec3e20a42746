import { get, post, remove } from './http'
import type { Duty, Named, Role } from './types'

export interface Session {
  username: string
  displayName: string
  role: Role
  duty: Duty
  communities: Named[]
  locale: string
  /** DUE: the account must have one before it can do anything else. */
  secondFactor: 'OFF' | 'ON' | 'DUE'
}

/** What the app that makes codes is to keep. */
export interface Seed {
  uri: string
  secret: string
}

export const currentSession = (): Promise<Session> => get('/session')

export const logIn = (username: string, password: string): Promise<Session> =>
  post('/session', { body: { username, password } })

export const logOut = (): Promise<void> => remove('/session')

/** The second step of a log-in that was answered with the problem second-step. */
export const secondStep = (code: string): Promise<Session> =>
  post('/session/second-step', { body: { code } })

/** Begins to set up a second factor; `code` is one of the second factor that is there. */
export const enrol = (password: string, code: string): Promise<Seed> =>
  post('/second-factor', { body: code ? { password, code } : { password } })

/** Ends it; the codes are shown once. */
export const confirmEnrolment = (code: string): Promise<{ recoveryCodes: string[] }> =>
  post('/second-factor/confirm', { body: { code } })
