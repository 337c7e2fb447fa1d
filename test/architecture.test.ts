// Holds the real source tree to the rules of architecture/rules.ts, and its public names to the committed lists.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentedCodes, errorCodes } from './architecture/error-codes.js'
import { printPublicExports } from './architecture/exports.js'
import { packageOf, readPackages, repositoryRoot, sourcePaths } from './architecture/files.js'
import { print, rules } from './architecture/rules.js'

const files = readPackages()
const packages = [...new Set(sourcePaths(files).map(packageOf))]

describe('the source tree', () => {
  test.each(Object.entries(rules))('%s', (_name, rule) => {
    expect(rule(files).map(print)).toEqual([])
  })
})

describe('public names', () => {
  // A name that users import is a promise. Meant to change one? Run `pnpm update:exports`, and add a changeset.
  test.each(packages)('of %s are as listed', async (path) => {
    const list = join(repositoryRoot, 'test/public-exports', `${path.replace('packages/', '')}.txt`)
    await expect(printPublicExports(files, path)).toMatchFileSnapshot(list)
  })
})

describe('error codes', () => {
  const codes = errorCodes(files)
  const page = join(repositoryRoot, 'docs/errors.md')

  test.skipIf(codes.length === 0)('each has its section in docs/errors.md, headed by the code', () => {
    const documented = existsSync(page) ? documentedCodes(readFileSync(page, 'utf8')) : []
    expect(documented).toEqual(codes)
  })
})
