// Proves that lint holds the rules of the house in the folders they are meant for, and nowhere else.
import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'
import { repositoryRoot } from './architecture/files.js'

// Rules that ask the type checker need files that exist. Those of the house don't ask it, though one of them could.
const untyped: Record<string, 'off'> = { ...tseslint.configs.disableTypeChecked.rules }
delete untyped['@typescript-eslint/naming-convention']

const eslint = new ESLint({
  cwd: repositoryRoot,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: null } },
    rules: untyped,
  },
})

async function brokenRules(path: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath: join(repositoryRoot, path), warnIgnored: true })
  return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))]
}

const waits = {
  'an async function': 'export async function load() {}',
  'an async arrow': 'export const load = async () => {}',
  'an async generator': 'export async function* pages() {}',
  'an async method': 'export const db = { async run() {} }',
  'for await':
    'export async function all(pages: AsyncIterable<number>) { for await (const page of pages) page.toFixed() }',
}

describe('only execution/ awaits', () => {
  test.each(Object.entries(waits))('%s', async (_name, text) => {
    for (const path of ['values/a.ts', 'operations/update/a.ts', 'types/a.ts', 'errors.ts', 'entity.ts']) {
      expect(await brokenRules(`packages/core/src/${path}`, text)).toEqual(['no-restricted-syntax'])
    }
    for (const path of ['core/src/execution/a.ts', 'core/src/connect.ts', 'core/test/a.test.ts', 'testing/src/a.ts']) {
      expect(await brokenRules(`packages/${path}`, text)).toEqual([])
    }
  })
})

describe('in packages', () => {
  test.each([
    ['a default export', 'export default 1', 'no-restricted-exports'],
    ['a named default export', 'const a = 1\nexport { a as default }', 'no-restricted-exports'],
    ['the console', "console.log('order')", 'no-console'],
    ['any', 'export const a = (b: any) => String(b)', '@typescript-eslint/no-explicit-any'],
    [
      'a type imported as a value',
      "import { A } from './a.js'\nexport type B = A",
      '@typescript-eslint/consistent-type-imports',
    ],
    ['a type parameter of one letter', 'export type A<T> = T[]', '@typescript-eslint/naming-convention'],
    ['unfinished work', '// TODO: later\nexport const a = 1', 'no-warning-comments'],
  ])('%s is refused', async (_name, text, rule) => {
    expect(await brokenRules('packages/core/src/values/a.ts', text)).toEqual([rule])
    expect(await brokenRules('packages/testing/src/a.ts', text)).toEqual([rule])
  })

  test('examples may print, and types.ts may say T', async () => {
    expect(await brokenRules('examples/online-shop/src/main.ts', "console.log('order')")).toEqual([])
    expect(await brokenRules('packages/core/src/types.ts', 'export type A<T> = T[]')).toEqual([])
  })
})
