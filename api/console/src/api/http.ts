import { asProblem, Problem, problemOf } from './problem'

export type Query = Record<string, string | number | undefined>

interface Call {
  query?: Query
  body?: unknown
  /** What is sent instead of a JSON body. */
  file?: { type: string; bytes: Blob }
  /** A status besides the good ones whose body is the answer, unless it is a problem document. */
  answers?: number
  headers?: Record<string, string>
  signal?: AbortSignal
  /** For calls that are known to be slow. */
  timeoutMs?: number
}

const TIMEOUT_MS = 15_000

let language = (): string => 'en'
let unauthorised = (): void => undefined

/** Tells the client which language to ask for and whom to tell when the session is over. */
export function configureHttp(hooks: { language: () => string; unauthorised: () => void }): void {
  language = hooks.language
  unauthorised = hooks.unauthorised
}

export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const tail = search.toString()
  return `/api/v1${path}${tail ? `?${tail}` : ''}`
}

export async function get<T>(path: string, call: Call = {}): Promise<T> {
  return (await send('GET', path, call)) as T
}

export async function post<T>(path: string, call: Call = {}): Promise<T> {
  return (await send('POST', path, call)) as T
}

export async function put<T>(path: string, call: Call = {}): Promise<T> {
  return (await send('PUT', path, call)) as T
}

export async function remove(path: string, call: Call = {}): Promise<void> {
  await send('DELETE', path, call)
}

/** Opens a server-sent event stream; the caller reads its body. */
export async function openEventStream(
  path: string,
  lastEventId: string,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: 'text/event-stream',
    'Accept-Language': language(),
  }
  if (lastEventId) headers['Last-Event-ID'] = lastEventId
  let response: Response
  try {
    response = await fetch(apiUrl(path), { headers, signal, cache: 'no-store' })
  } catch (error) {
    throw asProblem(error)
  }
  if (response.ok) return response
  if (response.status === 401) unauthorised()
  throw await problemOf(response)
}

async function send(method: string, path: string, call: Call): Promise<unknown> {
  const token = csrfToken()
  let response = await attempt(method, path, call, token)
  // The server renews the token with the session; a refused write with an old token is worth one more try.
  if (response.status === 403 && method !== 'GET' && csrfToken() !== token) {
    response = await attempt(method, path, call, csrfToken())
  }
  if (isAnswer(response, call)) {
    try {
      const text = await response.text()
      return text ? (JSON.parse(text) as unknown) : undefined
    } catch (error) {
      throw asProblem(error)
    }
  }
  if (response.status === 401 && path !== '/session') unauthorised()
  throw await problemOf(response)
}

function isAnswer(response: Response, call: Call): boolean {
  if (response.ok) return true
  const isProblem = (response.headers.get('content-type') ?? '').startsWith('application/problem+json')
  return response.status === call.answers && !isProblem
}

async function attempt(
  method: string,
  path: string,
  call: Call,
  token: string,
): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': language(),
    ...call.headers,
  }
  if (method !== 'GET' && token) headers['X-XSRF-TOKEN'] = token
  const init: RequestInit = { method, headers, cache: 'no-store' }
  if (call.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(call.body)
  } else if (call.file) {
    headers['Content-Type'] = call.file.type
    init.body = call.file.bytes
  }
  const timeout = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS)
  init.signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout
  try {
    return await fetch(apiUrl(path, call.query), init)
  } catch (error) {
    if (call.signal?.aborted) throw error
    throw asProblem(error)
  }
}

function csrfToken(): string {
  const found = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie)
  return found ? decodeURIComponent(found[1] ?? '') : ''
}

/** Whether an error only says that the caller itself gave up on the call. */
export function wasAborted(error: unknown): boolean {
  return !(error instanceof Problem) && error instanceof DOMException && error.name === 'AbortError'
}
