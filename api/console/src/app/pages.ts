import type { Duty, Role } from '@/api/types'
import { includes } from './duty'

/** The pages of the main navigation. */
export type PageName =
  | 'alerts'
  | 'access-log'
  | 'doors'
  | 'cases'
  | 'hand-overs'
  | 'worklists'
  | 'work-orders'
  | 'registry'
  | 'passes'
  | 'devices'
  | 'statistics'
  | 'exports'
  | 'webhooks'
  | 'reports'
  | 'home'
  | 'guests'
  | 'notices'
  | 'my-data'
  | 'notifications'
  | 'audit'

interface Who {
  role: Role
  duty: Duty
}

/** What each role has, in the order of its navigation; the first one is where it starts. */
const PAGES: Record<Role, readonly PageName[]> = {
  POLICE: ['alerts', 'access-log', 'doors', 'cases', 'hand-overs', 'reports', 'devices', 'notifications'],
  PROPERTY: [
    'alerts',
    'access-log',
    'doors',
    'worklists',
    'work-orders',
    'registry',
    'passes',
    'devices',
    'statistics',
    'exports',
    'webhooks',
    'notifications',
  ],
  RESIDENT: ['doors', 'home', 'guests', 'access-log', 'reports', 'notices', 'notifications', 'my-data'],
  OPERATIONS: ['alerts', 'doors', 'worklists', 'registry', 'devices', 'statistics', 'webhooks', 'notifications'],
  AUDITOR: ['audit'],
}

/** What the property's staff has only from some duty on. */
const LEAST_DUTY: Partial<Record<PageName, Duty>> = {
  statistics: 'OPERATOR',
  exports: 'OPERATOR',
  webhooks: 'MANAGER',
}

export function pagesOf(who: Who): PageName[] {
  return PAGES[who.role].filter((page) => {
    const least = LEAST_DUTY[page]
    return who.role !== 'PROPERTY' || !least || includes(who.duty, least)
  })
}

export const maySee = (page: PageName, who: Who): boolean => pagesOf(who).includes(page)

export const startPage = (who: Who): PageName => pagesOf(who)[0] ?? 'notifications'
