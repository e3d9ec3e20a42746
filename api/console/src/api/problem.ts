/** An error answer of the API (RFC 9457), or one of our own when no answer came. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail || title || code)
    this.name = 'Problem'
  }

  /** Nobody answered: the network is away or the server is down. */
  get unreachable(): boolean {
    return this.status === 0
  }
}

/** Codes that this client makes itself; the server never sends them. */
export const NETWORK = 'client.network'
export const TIMEOUT = 'client.timeout'

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new Problem(0, TIMEOUT, '', '')
  }
  return new Problem(0, NETWORK, '', '')
}

/** Reads a problem document; an answer that is none (a proxy's HTML page, say) still gives a usable problem. */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) {
    try {
      const body = (await response.json()) as Record<string, unknown>
      return new Problem(
        response.status,
        text(body['code']) || `http.${response.status}`,
        text(body['title']),
        text(body['detail']),
      )
    } catch {
      // fall through: the body was cut off or is not what its type says
    }
  }
  return new Problem(response.status, `http.${response.status}`, '', '')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
