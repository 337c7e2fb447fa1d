// Every TypeScript snippet that a reader may copy compiles: those of the READMEs and docs, and the examples in TSDoc.
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
// A place from which the packages can be imported.
const place = join(root, 'packages/core/test')

interface Snippet {
  readonly name: string
  readonly text: string
}

const find = (ending: string, include: readonly string[]): readonly string[] =>
  ts.sys.readDirectory(root, [ending], ['**/node_modules', '**/dist'], include).map((path) => relative(root, path))
// Decisions show what was rejected too.
const markdown = find('.md', ['*.md', 'packages/*/*.md', 'examples/*/*.md', 'docs/**/*']).filter(
  (path) => !path.startsWith('docs/adr/') && !path.startsWith('docs/api/'),
)
const sources = find('.ts', ['packages/*/src/**/*'])

function blocks(path: string, text: string): Snippet[] {
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ''], index) => ({
    name: `${path} ${index + 1}`,
    text: code,
  }))
}

// A page that builds one program, step by step, says so in a comment that readers don't see.
const whole = '<!-- one program -->'

const pages = markdown.flatMap((path) => {
  const text = readFileSync(join(root, path), 'utf8')
  const found = blocks(path, text)
  return text.includes(whole) ? [{ name: path, text: found.map((block) => block.text).join('\n') }] : found
})
const examples = sources.flatMap((path) => {
  const text = readFileSync(join(root, path), 'utf8').replace(/^ *\* ?/gm, '')
  return blocks(path, text)
})

// An example may leave out what its reader has: these names, where it does not declare them itself.
const known = `
import * as z from 'zod'
import { DynamoDBClient, CreateTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { absent, between, bucket, codec, collection, computed, connect, each, entity, gte, isError, merge, present, range, shard, table, ulid } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { db, key, Order, orders, shop } from './types/shop.js'
import { account, Repo, Star, User } from './accounts.js'
import { defineConfig } from 'vitest/config'
import { EngineUnavailableError, startDynamoDB, TableTimeoutError, temporaryTables } from '@keyloom/testing'
import { assertThat, matchers, recordRequests, tableSet } from '@keyloom/testing'
import { expect } from 'vitest'
import '@keyloom/testing/vitest/matchers'
import { faultClient, faultHandler, faultPairs, parseFaults, requestsOf, singleFaults } from '@keyloom/testing'
declare const client: DynamoDBClient
declare const order: Parameters<typeof orders.create>[0]
declare const dynamodb: Awaited<ReturnType<typeof startDynamoDB>>
declare const recorded: ReturnType<typeof recordRequests<DynamoDBClient>>
declare const tables: ReturnType<typeof temporaryTables>
declare const definition: ReturnType<typeof createTableInput>
`

/** Imports stand first, the rest in a block of its own, where it may shadow what is known. */
function moduleOf({ text }: Snippet): string {
  const lines = text.split('\n')
  const imports = lines.filter((line) => line.startsWith('import '))
  const body = lines
    .filter((line) => !line.startsWith('import '))
    .map((line) => line.replace(/^export (default )?/, ''))
  const taken = new Set(imports.flatMap((line) => [...line.matchAll(/[\w$]+/g)].map(([name]) => name)))
  const rest = known.replace(/\{([^}]*)\}/g, (_, names: string) => {
    const free = names.split(',').filter((name) => !taken.has(name.trim()))
    return `{${free.join(',')}}`
  })
  const given = taken.has('z') ? rest.replace("import * as z from 'zod'\n", '') : rest
  return `${imports.join('\n')}\n${given}\nasync function snippet() {\n${body.join('\n')}\n}`
}

test('each snippet compiles', () => {
  const snippets = [...pages, ...examples]
  expect(pages.length).toBeGreaterThan(1)
  expect(examples.length).toBeGreaterThan(5)
  const files = new Map(snippets.map((snippet, index) => [join(place, `snippet-${index}.ts`), moduleOf(snippet)]))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object
  }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path)
    return text === undefined
      ? getSourceFile.call(host, path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  }
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path)
  const program = ts.createProgram([...files.keys()], options, host)
  const problems = [...files.keys()].flatMap((path, index) =>
    [
      ...program.getSyntacticDiagnostics(program.getSourceFile(path)),
      ...program.getSemanticDiagnostics(program.getSourceFile(path)),
    ].map(({ messageText }) => `${snippets[index]?.name ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  )
  expect(problems).toEqual([])
}, 60_000)
