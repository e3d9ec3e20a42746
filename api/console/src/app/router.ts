import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import type { TextKey } from '@/i18n'
import { maySee, startPage, type PageName } from './pages'
import { restoreSession, session } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page of the navigation that it is, or belongs to; without it, everybody who is logged in may see it. */
    page?: PageName
    /** Names the page in the window's title. */
    title?: TextKey
    /** Can be seen without a session. */
    open?: boolean
    /** For whoever has the link, with a session or without. */
    shared?: boolean
  }
}

/** Values of a page's query: ids with points, as people give them, are no path that the server takes for a page. */
const asked = (to: RouteLocationNormalized, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, String(to.query[name] ?? '')]))

const routes: RouteRecordRaw[] = [
  {
    path: '/login',
    name: 'login',
    meta: { open: true, title: 'login.title' },
    component: () => import('@/features/session/LoginPage.vue'),
  },
  {
    path: '/pass/:link',
    name: 'pass',
    props: true,
    meta: { shared: true, title: 'visitor.title' },
    component: () => import('@/features/guests/VisitorPage.vue'),
  },
  {
    path: '/second-factor',
    name: 'second-factor',
    meta: { title: 'secondFactor.title' },
    component: () => import('@/features/session/SecondFactorPage.vue'),
  },
  {
    path: '/',
    component: () => import('./shell/AppShell.vue'),
    children: [
      { path: '', name: 'home', redirect: () => ({ name: homeName() }) },
      {
        path: 'alerts',
        name: 'alerts',
        meta: { page: 'alerts', title: 'queue.title' },
        component: () => import('@/features/alerts/QueuePage.vue'),
        children: [
          {
            path: ':id',
            name: 'alert',
            props: true,
            meta: { page: 'alerts', title: 'detail.title' },
            component: () => import('@/features/alerts/EvidencePage.vue'),
          },
        ],
      },
      {
        path: 'access-log',
        name: 'access-log',
        meta: { page: 'access-log', title: 'access.title' },
        component: () => import('@/features/access-log/AccessLogPage.vue'),
      },
      {
        path: 'doors',
        name: 'doors',
        meta: { page: 'doors', title: 'door.title' },
        component: () => import('@/features/doors/DoorsPage.vue'),
      },
      {
        path: 'cases',
        name: 'cases',
        meta: { page: 'cases', title: 'cases.title' },
        component: () => import('@/features/cases/CasesPage.vue'),
      },
      {
        path: 'cases/:id',
        name: 'case',
        props: true,
        meta: { page: 'cases', title: 'cases.one' },
        component: () => import('@/features/cases/CasePage.vue'),
      },
      {
        path: 'hand-overs',
        name: 'hand-overs',
        meta: { page: 'hand-overs', title: 'handOver.title' },
        component: () => import('@/features/hand-overs/HandOversPage.vue'),
      },
      {
        path: 'notifications',
        name: 'notifications',
        meta: { page: 'notifications', title: 'notifications.title' },
        component: () => import('@/features/notifications/NotificationsPage.vue'),
      },
      {
        path: 'home',
        name: 'home-page',
        meta: { page: 'home', title: 'home.title' },
        component: () => import('@/features/home/HomePage.vue'),
      },
      {
        path: 'guests',
        name: 'guests',
        meta: { page: 'guests', title: 'guest.title' },
        component: () => import('@/features/guests/GuestsPage.vue'),
      },
      {
        path: 'notices',
        name: 'notices',
        meta: { page: 'notices', title: 'notice.title' },
        component: () => import('@/features/notices/NoticesPage.vue'),
      },
      {
        path: 'my-data',
        name: 'my-data',
        meta: { page: 'my-data', title: 'myData.title' },
        component: () => import('@/features/my-data/MyDataPage.vue'),
      },
      {
        path: 'reports',
        name: 'reports',
        meta: { page: 'reports', title: 'report.title' },
        component: () => import('@/features/reports/ReportsPage.vue'),
      },
      {
        path: 'reports/:id',
        name: 'report',
        props: true,
        meta: { page: 'reports', title: 'report.one' },
        component: () => import('@/features/reports/ReportPage.vue'),
      },
      {
        path: 'worklists',
        name: 'worklists',
        meta: { page: 'worklists', title: 'worklist.title' },
        component: () => import('@/features/worklists/WorklistsPage.vue'),
      },
      {
        path: 'work-orders',
        name: 'work-orders',
        meta: { page: 'work-orders', title: 'workOrder.title' },
        component: () => import('@/features/work-orders/WorkOrdersPage.vue'),
      },
      {
        path: 'work-orders/:id',
        name: 'work-order',
        props: true,
        meta: { page: 'work-orders', title: 'workOrder.one' },
        component: () => import('@/features/work-orders/WorkOrderPage.vue'),
      },
      {
        path: 'registry',
        name: 'registry',
        meta: { page: 'registry', title: 'registry.title' },
        component: () => import('@/features/registry/RegistryPage.vue'),
      },
      {
        path: 'registry/person',
        name: 'person',
        props: (to) => asked(to, 'community', 'person'),
        meta: { page: 'registry', title: 'people.one' },
        component: () => import('@/features/registry/PersonPage.vue'),
      },
      {
        path: 'registry/entry',
        name: 'registry-entry',
        props: (to) => asked(to, 'community', 'kind', 'thing'),
        meta: { page: 'registry', title: 'entry.one' },
        component: () => import('@/features/registry/EntryPage.vue'),
      },
      {
        path: 'passes',
        name: 'passes',
        meta: { page: 'passes', title: 'propertyPass.title' },
        component: () => import('@/features/passes/PassesPage.vue'),
      },
      {
        path: 'statistics',
        name: 'statistics',
        meta: { page: 'statistics', title: 'statistics.title' },
        component: () => import('@/features/statistics/StatisticsPage.vue'),
      },
      {
        path: 'devices',
        name: 'devices',
        meta: { page: 'devices', title: 'device.title' },
        component: () => import('@/features/devices/DevicesPage.vue'),
      },
      {
        path: 'exports',
        name: 'exports',
        meta: { page: 'exports', title: 'export.title' },
        component: () => import('@/features/exports/ExportsPage.vue'),
      },
      {
        path: 'webhooks',
        name: 'webhooks',
        meta: { page: 'webhooks', title: 'webhook.title' },
        component: () => import('@/features/webhooks/WebhooksPage.vue'),
      },
      {
        path: 'webhooks/:id',
        name: 'webhook',
        props: true,
        meta: { page: 'webhooks', title: 'webhook.one' },
        component: () => import('@/features/webhooks/WebhookPage.vue'),
      },
      {
        path: 'audit',
        name: 'audit',
        meta: { page: 'audit', title: 'audit.title' },
        component: () => import('@/features/audit/AuditPage.vue'),
      },
      {
        path: ':rest(.*)*',
        name: 'not-found',
        component: () => import('./shell/NotFoundPage.vue'),
      },
    ],
  },
]

export const router = createRouter({ history: createWebHistory(), routes })

router.beforeEach(async (to) => {
  if (to.meta.shared) return true
  try {
    await restoreSession()
  } catch {
    // The server is away. The login page says so when it is used; nothing else can be shown.
  }
  if (to.meta.open) return session.value ? { name: 'home' } : true
  if (!session.value) {
    return { name: 'login', query: to.path === '/' ? {} : { next: to.fullPath } }
  }
  if (session.value.secondFactor === 'DUE' && to.name !== 'second-factor') {
    return { name: 'second-factor' }
  }
  if (to.meta.page && !maySee(to.meta.page, session.value)) return { name: 'home' }
  return true
})

function homeName(): string {
  return session.value ? startPage(session.value) : 'login'
}
