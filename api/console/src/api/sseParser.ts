export interface SseEvent {
  name: string
  data: string
  id: string
}

/**
 * Turns the text of a server-sent event stream into events, however the network cut it.
 * Comments (heartbeats) give no event. An id holds until the next one, as the standard says.
 */
export class SseParser {
  private rest = ''
  private name = ''
  private data: string[] = []
  private id = ''

  push(chunk: string): SseEvent[] {
    const events: SseEvent[] = []
    let text = this.rest + chunk
    // A lone CR at the end may be half of a CRLF: wait for the rest.
    const held = text.endsWith('\r') ? '\r' : ''
    if (held) text = text.slice(0, -1)
    const lines = text.split(/\r\n|\n|\r/)
    this.rest = (lines.pop() ?? '') + held
    for (const line of lines) {
      const event = this.line(line)
      if (event) events.push(event)
    }
    return events
  }

  private line(line: string): SseEvent | undefined {
    if (line === '') return this.dispatch()
    if (line.startsWith(':')) return undefined
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    let value = colon < 0 ? '' : line.slice(colon + 1)
    if (value.startsWith(' ')) value = value.slice(1)
    if (field === 'event') this.name = value
    else if (field === 'data') this.data.push(value)
    else if (field === 'id' && !value.includes('\0')) this.id = value
    return undefined
  }

  private dispatch(): SseEvent | undefined {
    const data = this.data
    const name = this.name || 'message'
    this.data = []
    this.name = ''
    return data.length ? { name, data: data.join('\n'), id: this.id } : undefined
  }
}
