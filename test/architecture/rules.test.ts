// Proves that each rule of the source tree can fail, on small trees made for it.
import { describe, expect, test } from 'vitest'
import { documentedCodes, errorCodes } from './error-codes.js'
import { printPublicExports } from './exports.js'
import { importsOf, type Files } from './files.js'
import {
  checkBarrels,
  checkFloors,
  checkLength,
  checkNames,
  checkPackageImports,
  checkRings,
  checkSeams,
  print,
  rules,
  type Rule,
} from './rules.js'

const manifest = JSON.stringify({
  name: '@keyloom/core',
  exports: { '.': './src/index.ts', './streams': './src/streams.ts', './package.json': './package.json' },
  dependencies: { ulid: '^3.0.0' },
  peerDependencies: { '@aws-sdk/client-dynamodb': '^3.700.0', zod: '>=4.1 <5' },
  devDependencies: { '@aws-sdk/lib-dynamodb': '^3.700.0' },
})

function tree(sources: Record<string, string>): Files {
  const files = new Map([['packages/core/package.json', manifest]])
  for (const [path, text] of Object.entries(sources)) files.set(`packages/core/src/${path}`, text)
  return files
}

function broken(rule: Rule, sources: Record<string, string>): string[] {
  return rule(tree(sources)).map(print)
}

const good = {
  'errors.ts': `import type { Attributes } from './types/attributes.js'\nexport class InputError extends Error {}\n`,
  'types/attributes.ts': `import type { AttributeValue } from '@aws-sdk/client-dynamodb'\nexport type Attributes = Record<string, AttributeValue>\n`,
  'values/encode.ts': `import { InputError } from '../errors.js'\nexport const encode = () => new InputError()\n`,
  'schema/codecs.ts': `import { z } from 'zod'\nimport { encode } from '../values/encode.js'\nexport const codec = { z, encode }\n`,
  'expressions/print.ts': `import { encode } from '../values/encode.js'\nexport const print = encode\n`,
  'model/compile.ts': `import { codec } from '../schema/codecs.js'\nimport { print } from '../expressions/print.js'\nexport const compile = [codec, print]\n`,
  'operations/get.ts': `import { compile } from '../model/compile.js'\nexport const get = compile\n`,
  'execution/send.ts': `import { GetItemCommand } from '@aws-sdk/client-dynamodb'\nimport { get } from '../operations/get.js'\nexport const send = [GetItemCommand, get]\n`,
  'connect.ts': `import { send } from './execution/send.js'\nexport const connect = send\n`,
  'streams.ts': `import { codec } from './schema/codecs.js'\nexport const decodeRecord = codec\n`,
  'index.ts': `export { connect } from './connect.js'\nexport { InputError } from './errors.js'\nexport type { Attributes } from './types/attributes.js'\n`,
}

test('a good tree breaks no rule', () => {
  for (const rule of Object.values(rules)) expect(broken(rule, good)).toEqual([])
})

describe('imports', () => {
  test('are found in every form, and told apart by what is left at run time', () => {
    const text = [
      `import a from './a.js'`,
      `import type { B } from './b.js'`,
      `import { type C } from './c.js'`,
      `import './d.js'`,
      `export { e } from './e.js'`,
      `export type { F } from './f.js'`,
      `export * from './g.js'`,
      `const h = () => import('./h.js')`,
      `type I = import('./i.js').I`,
      `const text = "import x from './no.js'"`,
    ].join('\n')
    expect(
      importsOf('a.ts', text).map(({ specifier, typeOnly }) => `${specifier} ${typeOnly ? 'type' : 'value'}`),
    ).toEqual([
      './a.js value',
      './b.js type',
      './c.js value',
      './d.js value',
      './e.js value',
      './f.js type',
      './g.js value',
      './h.js value',
      './i.js type',
    ])
  })
})

describe('floors', () => {
  test('an import from a higher floor', () => {
    const found = broken(checkFloors, { ...good, 'values/encode.ts': `import { get } from '../operations/get.js'\n` })
    expect(found).toEqual([
      "packages/core/src/values/encode.ts (F1, values) imports '../operations/get.js' (F4, operations) on line 1, which is above it. " +
        'Move what both need to a lower floor, or let the caller pass it in',
    ])
  })

  test.each([
    ['a type from above', 'model/compile.ts', `import type { Get } from '../operations/get.js'`],
    ['a type expression from above', 'schema/codecs.ts', `export type A = import('../model/compile.js').A`],
    ['the public skin from below', 'execution/send.ts', `import type { Db } from '../connect.js'`],
    ['schema sees expressions', 'schema/codecs.ts', `import { print } from '../expressions/print.js'`],
    ['expressions see schema', 'expressions/print.ts', `import { codec } from '../schema/codecs.js'`],
    ['the ground sees values', 'errors.ts', `import { encode } from './values/encode.js'`],
    ['the ground as a folder', 'types/attributes.ts', `import { encode } from '../values/encode.js'`],
  ])('%s', (_name, path, text) => {
    expect(broken(checkFloors, { ...good, [path]: text })).toHaveLength(1)
  })

  test('a folder without a floor', () => {
    expect(broken(checkFloors, { ...good, 'shared/things.ts': '' })).toEqual([
      expect.stringContaining('packages/core/src/shared/things.ts is in a folder that has no floor'),
    ])
  })

  test('bind core alone', () => {
    const files = new Map([['packages/testing/src/engines/java.ts', '']])
    expect(checkFloors(files)).toEqual([])
  })
})

describe('rings', () => {
  test('of two files, by types alone', () => {
    const sources = {
      'values/a.ts': `import type { B } from './b.js'\nexport type A = B\n`,
      'values/b.ts': `import type { A } from './a.js'\nexport type B = A\n`,
    }
    expect(broken(checkRings, sources)).toEqual([
      'packages/core/src/values/a.ts is in a ring of imports: values/a.ts → values/b.ts → values/a.ts. ' +
        'Move what they share into a file that imports none of them',
    ])
  })

  test('of three files and of one', () => {
    const sources = {
      'values/a.ts': `import './b.js'`,
      'values/b.ts': `import './c.js'`,
      'values/c.ts': `export { a } from './a.js'`,
      'values/self.ts': `import './self.js'`,
    }
    expect(broken(checkRings, sources)).toEqual([
      expect.stringContaining('values/a.ts → values/b.ts → values/c.ts → values/a.ts'),
      expect.stringContaining('values/self.ts → values/self.ts'),
    ])
  })

  test('a file that only leads into a ring is not in it', () => {
    const sources = {
      'values/a.ts': `import './b.js'`,
      'values/b.ts': `import './c.js'`,
      'values/c.ts': `import './b.js'`,
    }
    expect(broken(checkRings, sources)).toEqual([expect.stringContaining('packages/core/src/values/b.ts')])
  })
})

describe('barrels', () => {
  test.each([
    ['export * from', `export * from './encode.js'\nexport const own = 1\n`],
    ['export * as', `export * as all from './encode.js'\nexport const own = 1\n`],
    ['only re-exports', `export { encode } from './encode.js'\n`],
    ['imports, then exports', `import { encode } from './encode.js'\nexport { encode }\n`],
    ['type re-exports', `import type { A } from './encode.js'\nexport type { A }\n`],
  ])('%s', (_name, text) => {
    expect(broken(checkBarrels, { ...good, 'values/index.ts': text })).toEqual([
      expect.stringContaining('packages/core/src/values/index.ts'),
    ])
  })

  test('a package entry may be one, and a file with something of its own is none', () => {
    const sources = {
      'index.ts': `export * from './connect.js'\n`,
      'streams.ts': `export { connect } from './connect.js'\n`,
      'values/encode.ts': `export type { AttributeValue } from '@aws-sdk/client-dynamodb'\nexport const own = 1\n`,
      'values/local.ts': `const own = 1\nexport { own }\n`,
      'values/effect.ts': `import './encode.js'\nexport {}\n`,
    }
    expect(broken(checkBarrels, sources)).toEqual([])
  })
})

describe('length', () => {
  test('300 lines pass, 301 do not', () => {
    expect(broken(checkLength, { 'values/encode.ts': '//\n'.repeat(300) })).toEqual([])
    expect(broken(checkLength, { 'values/encode.ts': '//\n'.repeat(301) })).toEqual([
      expect.stringContaining('packages/core/src/values/encode.ts has 301 lines'),
    ])
  })
})

describe('names', () => {
  test.each([
    'utils',
    'util',
    'string-helper',
    'helpers',
    'table-manager',
    'base',
    'base-entity',
    'entity-impl',
    'entity_',
    'encodeItem',
    'Entity',
  ])('%s.ts', (name) => {
    expect(broken(checkNames, { [`values/${name}.ts`]: '' })).toHaveLength(1)
  })

  test('folders too', () => {
    expect(broken(checkNames, { 'values/helpers/text.ts': '' })).toHaveLength(1)
  })

  test('base64 is a word of its own', () => {
    expect(broken(checkNames, { 'values/base64.ts': '', 'values/key-component.ts': '' })).toEqual([])
  })
})

describe('package imports', () => {
  test.each([
    ['a development dependency', `import { marshall } from '@aws-sdk/lib-dynamodb'`],
    ['an unknown package, by type', `import type { A } from 'lodash'`],
    ['a name that only begins alike', `import 'zodiac'`],
    ['a file that is not there', `import './missing.js'`],
    ['a file of another package', `import '../../../testing/src/index.js'`],
  ])('%s', (_name, text) => {
    expect(broken(checkPackageImports, { 'values/encode.ts': text })).toEqual([
      expect.stringContaining('packages/core/src/values/encode.ts imports'),
    ])
  })

  test('peers, their subpaths and Node are fine', () => {
    const text = `import 'node:crypto'\nimport 'zod/v4/core'\nimport 'ulid'\n`
    expect(broken(checkPackageImports, { 'values/encode.ts': text })).toEqual([])
  })
})

describe('seams', () => {
  test.each([
    ['the SDK outside execution/', 'operations/get.ts', `import { GetItemCommand } from '@aws-sdk/client-dynamodb'`],
    ['zod outside schema/', 'model/compile.ts', `import { z } from 'zod'`],
    ['a subpath of zod', 'model/compile.ts', `import { $ZodType } from 'zod/v4/core'`],
    ['a type import that still loads', 'model/compile.ts', `import { type ZodType } from 'zod'`],
    ['a second file of execution/', 'execution/transact.ts', `import { X } from '@aws-sdk/client-dynamodb'`],
    ['a second file of schema/', 'schema/object.ts', `export { z } from 'zod'`],
  ])('%s', (_name, path, text) => {
    expect(broken(checkSeams, { ...good, [path]: text })).toHaveLength(1)
  })

  test('types are fine anywhere', () => {
    const text = `import type { ZodType } from 'zod'\nimport type { AttributeValue } from '@aws-sdk/client-dynamodb'\n`
    expect(broken(checkSeams, { ...good, 'model/compile.ts': text })).toEqual([])
  })
})

describe('public names', () => {
  test('are listed by entry, sorted, with their kind', () => {
    const files = tree({
      'index.ts': [
        `export { table } from './table.js'`,
        `export type { Table, Entity } from './table.js'`,
        `export * from './more.js'`,
        `export type { AttributeValue } from '@aws-sdk/client-dynamodb'`,
        `export { ulid } from 'ulid'`,
      ].join('\n'),
      'table.ts': `export class Entity {}\nexport interface Table { a: 1 }\nexport const table = 1\nexport const hidden = 2\n`,
      'more.ts': `export function connect() {}\nexport enum Kind { A }\nexport type Db = 1\n`,
      'streams.ts': `export const decodeRecord = 1\n`,
    })
    expect(printPublicExports(files, 'packages/core')).toBe(
      [
        '# @keyloom/core',
        'type AttributeValue',
        'type Db',
        'type Entity',
        'value Kind',
        'type Table',
        'value connect',
        'value table',
        'value ulid',
        '',
        '# @keyloom/core/streams',
        'value decodeRecord',
        '',
      ].join('\n'),
    )
  })

  test('an entry without its file says so', () => {
    expect(() => printPublicExports(tree({ 'index.ts': '' }), 'packages/core')).toThrow(
      'src/streams.ts is named in exports',
    )
  })
})

describe('error codes', () => {
  test('are read from the classes', () => {
    const files = tree({
      'errors.ts': [
        `export abstract class KeyloomError extends Error { abstract readonly code: string }`,
        `export class InputError extends KeyloomError { readonly code = 'input' }`,
        `export class A extends KeyloomError { override readonly code = 'condition-failed' as const }`,
        `export class B extends KeyloomError { declare readonly code: 'cursor' | 'decode' }`,
        `export class C { readonly other = 'not-a-code' }`,
      ].join('\n'),
      'values/encode.ts': `class D { code = 'elsewhere' }`,
    })
    expect(errorCodes(files)).toEqual(['condition-failed', 'cursor', 'decode', 'input'])
  })

  test('are explained under a heading of their own', () => {
    expect(documentedCodes('# Errors\n\n## `input`\n\ntext\n\n### `no`\n\n## Other\n\n## `cursor`\n')).toEqual([
      'cursor',
      'input',
    ])
  })
})
