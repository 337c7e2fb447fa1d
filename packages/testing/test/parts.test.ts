// Small parts: names of tables, packages that are installed, owners of containers, notes.
import { hostname } from 'node:os'
import { describe, expect, test } from 'vitest'
import { isLeftover } from '../src/engines/container-leftovers.js'
import { installedPackage } from '../src/installed-package.js'
import { freshName } from '../src/temporary-tables.js'
import { isNotMeasured, notMeasured, notMeasuredLine } from '../src/vitest/not-measured.js'

describe('freshName', () => {
  test('is another each time and begins as asked', () => {
    expect(freshName('orders')).toMatch(/^orders-[0-9a-f]{12}$/)
    expect(freshName('orders')).not.toBe(freshName('orders'))
  })

  test('is as long as DynamoDB allows', () => {
    expect(freshName('x'.repeat(300))).toHaveLength(255)
  })
})

describe('installedPackage', () => {
  test('finds what a project and what this package has', () => {
    expect(installedPackage('vitest')).toMatch(/node_modules[\\/]vitest$/)
    expect(installedPackage('testcontainers', '/')).toMatch(/node_modules[\\/]testcontainers$/)
  })

  test('is undefined for what is not there', () => {
    expect(installedPackage('@dynoxide/plan9-pdp11')).toBeUndefined()
  })
})

describe('isLeftover', () => {
  test.each([
    ['this process', `${hostname()}/${process.pid}`, false],
    // No Linux, macOS or Windows system gives out a process id this high.
    ['a process that is gone', `${hostname()}/2147483646`, true],
    ['another machine', `not-${hostname()}/2147483646`, false],
    ['nobody', '', false],
  ])('of %s', (_owner, value, expected) => {
    expect(isLeftover(value)).toBe(expected)
  })
})

describe('the note of a test that is not measured', () => {
  test('is there on an engine that is not conformant only', () => {
    expect(notMeasured({ engine: 'embedded', conformant: false })).toMatch(/^not measured on embedded/)
    expect(notMeasured({ engine: 'java', conformant: true })).toBeUndefined()
  })

  test('is told from other notes', () => {
    expect(isNotMeasured('embedded', notMeasured({ engine: 'embedded', conformant: false }))).toBe(true)
    expect(isNotMeasured('embedded', 'not measured on java: no Java')).toBe(false)
    expect(isNotMeasured('embedded', undefined)).toBe(false)
  })

  test('is counted at the end of the run', () => {
    expect(notMeasuredLine('embedded', ['a'])).toBe('[dynamodb] 1 test not measured on the embedded engine: a')
    expect(notMeasuredLine('embedded', ['a > b', 'c'])).toContain(
      '2 tests not measured on the embedded engine: a > b; c',
    )
  })
})
