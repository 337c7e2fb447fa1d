// Which Java is taken, and what DynamoDB Local says about itself.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findJava, parseJavaRelease } from '../src/engines/java-runtime.js'
import { parseVersion } from '../src/engines/java.js'

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['openjdk version "26-ea" 2026-03-17', 26],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "21.0.2" 2024-01-16', 21],
  ['command not found', undefined],
])('the release in %j is %s', (printed, release) => {
  expect(parseJavaRelease(printed)).toBe(release)
})

test('the version of DynamoDB Local is in its first lines', () => {
  expect(parseVersion('Initializing DynamoDB Local\nPort:\t8000\nVersion:\t3.3.1\nDbPath:\tnull')).toBe('3.3.1')
  expect(parseVersion('no such line')).toBeUndefined()
})

describe.skipIf(process.platform === 'win32')('findJava', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyloom-java-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  function fakeJava(name: string, version: string): string {
    const bin = join(folder, name, 'bin')
    mkdirSync(bin, { recursive: true })
    writeFileSync(join(bin, 'java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`)
    chmodSync(join(bin, 'java'), 0o755)
    return join(folder, name)
  }

  test('takes the one of JAVA_HOME first', async () => {
    const home = fakeJava('home', '21.0.1')
    const path = join(fakeJava('path', '17.0.1'), 'bin')
    await expect(findJava({ JAVA_HOME: home, PATH: path })).resolves.toEqual({
      file: join(home, 'bin', 'java'),
      release: 21,
    })
  })

  test('goes on to PATH when that one is too old', async () => {
    const path = join(fakeJava('path', '17.0.1'), 'bin')
    await expect(findJava({ JAVA_HOME: fakeJava('home', '11.0.2'), PATH: path })).resolves.toMatchObject({
      release: 17,
    })
  })

  test('says what is too old and what is missing', async () => {
    const found = findJava({ JAVA_HOME: fakeJava('home', '1.8.0_392'), PATH: folder })
    await expect(found).rejects.toThrow('needs Java 17 or newer: Java 8 of JAVA_HOME is too old, no Java on PATH')
    await expect(found).rejects.toMatchObject({ install: expect.stringContaining('install Java 17') as string })
  })
})
