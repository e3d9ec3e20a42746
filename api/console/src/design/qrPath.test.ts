import encodeQR from 'qr'
import decodeQR from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { qrPath } from './qrPath'

/** As large as what a door reads: version, pass, half minute and a signature. */
const TEXT = `GH1.0b0f6a3e-4c1b-4a55-9d0e-2f6b1f1c7a11.59000000.${'Ab-_0'.repeat(17)}Z`
const SCALE = 4

/** What a camera would see of the path: black on white. */
function drawn(path: string, size: number): { width: number; height: number; data: Uint8Array } {
  const width = size * SCALE
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    const left = Number(x) * SCALE
    const top = Number(y) * SCALE
    for (let row = top; row < top + SCALE; row++) {
      for (let column = left; column < left + Number(length) * SCALE; column++) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
      }
    }
  }
  return { width, height: width, data }
}

describe('the path of a code', () => {
  it('joins the squares of a run', () => {
    expect(qrPath([[true, true, false, true], [], [false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h1v1h-1z')
  })

  it('is read as the text again', () => {
    const rows = encodeQR(TEXT, 'raw', { ecc: 'medium', border: 4 })
    expect(decodeQR(drawn(qrPath(rows), rows.length))).toBe(TEXT)
  })
})
