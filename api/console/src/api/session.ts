import { get, post, remove } from './http'
import type { Named, Role } from './types'

export interface Session {
  username: string
  displayName: string
  role: Role
  communities: Named[]
  locale: string
}

export const currentSession = (): Promise<Session> => get('/session')

export const logIn = (username: string, password: string): Promise<Session> =>
  post('/session', { body: { username, password } })

export const logOut = (): Promise<void> => remove('/session')
