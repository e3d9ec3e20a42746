import { describe, expect, it } from 'vitest'
import { SseParser, type SseEvent } from './sseParser'

const STREAM =
  ': heartbeat\r\n\r\nevent: alert\r\nid: 7\r\ndata: {"title":"门被撬开"}\r\n\r\n' +
  'event: alert\ndata: line one\ndata: line two\n\nid: 9\r\rdata:tight\n\n'

const EXPECTED: SseEvent[] = [
  { name: 'alert', data: '{"title":"门被撬开"}', id: '7' },
  { name: 'alert', data: 'line one\nline two', id: '7' },
  { name: 'message', data: 'tight', id: '9' },
]

describe('SseParser', () => {
  it('reads events, ignores heartbeats and keeps the id', () => {
    expect(new SseParser().push(STREAM)).toEqual(EXPECTED)
  })

  it('gives the same events wherever the network cuts the text', () => {
    for (let size = 1; size < STREAM.length; size++) {
      const parser = new SseParser()
      const events: SseEvent[] = []
      for (let at = 0; at < STREAM.length; at += size) {
        events.push(...parser.push(STREAM.slice(at, at + size)))
      }
      expect(events, `chunks of ${size}`).toEqual(EXPECTED)
    }
  })

  it('does not give an event that is not finished', () => {
    expect(new SseParser().push('event: alert\ndata: half')).toEqual([])
  })
})
