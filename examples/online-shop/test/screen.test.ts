// What is printed: plain and narrow enough, whatever is shown and whatever shows it.
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { Screen } from '../src/demo/screen.js'

function screenOf(output: { isTTY?: boolean; columns?: number; hasColors?: () => boolean } = {}) {
  const stream = new PassThrough({ encoding: 'utf8' })
  const screen = new Screen(Object.assign(stream, output))
  return { screen, lines: () => String(stream.read() ?? '').split('\n') }
}

const rows = [
  { name: '実家 #1', text: 'short' },
  { name: 'Zoë', text: 'long '.repeat(100) },
]

describe('a screen', () => {
  test('prints a table under the names of its columns, wide characters included', () => {
    const { screen, lines } = screenOf()
    screen.table([
      { label: '実家 #1', city: 'Ōsaka' },
      { label: 'Büro', city: 'Köln' },
    ])
    expect(lines()).toEqual(['    label    city', '    実家 #1  Ōsaka', '    Büro     Köln', ''])
  })

  test('says how many rows it leaves out', () => {
    const { screen, lines } = screenOf()
    screen.table(Array.from({ length: 7 }, (_, index) => ({ row: `${index + 1}` })))
    expect(lines().slice(-3)).toEqual(['    5', '    … and 2 more', ''])
  })

  test.each([undefined, 0, 1, 60, 80, 120, 400])('is 120 columns wide at most in a terminal of %s', (columns) => {
    const { screen, lines } = screenOf({ ...(columns !== undefined && { columns }) })
    screen.table(rows)
    screen.details(['word '.repeat(100), '家'.repeat(100)])
    const printed = lines()
    for (const line of printed) expect(Array.from(line).length).toBeLessThanOrEqual(120)
    expect(printed.join('\n')).toContain('…')
  })

  test('shows no bar where there is no terminal', () => {
    const { screen, lines } = screenOf()
    const bar = screen.progress('Loading', 2)
    bar.increment()
    bar.stop()
    expect(lines()).toEqual([''])
  })

  test('has colours in a terminal that shows them, and nowhere else', () => {
    const escapes = (output: Parameters<typeof screenOf>[0]) => {
      const { screen, lines } = screenOf(output)
      screen.title('title')
      screen.heading('heading')
      screen.table(rows)
      screen.check('check')
      return lines().join('\n').includes('\u001b')
    }
    expect(escapes({ isTTY: true, hasColors: () => true })).toBe(true)
    expect(escapes({ isTTY: true, hasColors: () => false })).toBe(false)
    expect(escapes({})).toBe(false)
  })
})
