// `pnpm typecheck:matrix`: the type tests against the declarations that we publish, on all that we support.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compile, installed, makeProject, publishedCore, root, temporaryFolder } from '../shared/consumer.mjs'
import { installOnDemand } from '../shared/on-demand.mjs'

// `--offline` leaves out what this repository does not install.
const { values: options } = parseArgs({ options: { offline: { type: 'boolean', default: false } } })

const sdk = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb']
const newest = { zod: installed('zod'), ...Object.fromEntries(sdk.map((name) => [name, installed(name)])) }
const oldestZod = { ...newest, zod: installed('zod41') }
const rows = [newest, oldestZod]
if (!options.offline) {
  const modules = installOnDemand('oldest', fileURLToPath(new URL('oldest', import.meta.url)))
  rows.push({ ...oldestZod, ...Object.fromEntries(sdk.map((name) => [name, join(modules, name)])) })
}

// The runner is of no interest here, and its own declarations need a newer compiler than our users do.
const runner = `
export { expectTypeOf } from 'expect-type'
export declare function describe(name: string, body: () => void): void
export declare function test(name: string, body: () => void | Promise<void>): void
`

const folder = temporaryFolder()
const core = publishedCore(folder)
const files = testFiles()
const table = {}
const failures = []
for (const [index, packages] of rows.entries()) {
  const project = makeProject(folder, `row${index}`, {
    // The entities of the tests are exported: their declarations must be writable.
    compilerOptions: { declaration: true },
    files: {
      ...files,
      'node_modules/vitest/package.json': '{ "name": "vitest", "type": "module", "exports": "./index.js" }',
      'node_modules/vitest/index.d.ts': runner,
      'node_modules/vitest/index.js': '',
    },
    packages: {
      ...packages,
      '@keyloom/core': core,
      '@types/node': installed('@types/node'),
      'expect-type': installed('expect-type'),
      ulid: installed('ulid'),
    },
  })
  const name = `zod ${versionOf(packages.zod)}, SDK ${versionOf(packages[sdk[0]])}`
  table[name] = {}
  for (const version of ['5.4', '5.9', '6', '7']) {
    const { errors } = compile(project, version, [])
    table[name][`TypeScript ${version}`] = errors.length === 0 ? 'ok' : `${errors.length} errors`
    if (errors.length > 0)
      failures.push(`TypeScript ${version}, ${name}:`, ...errors.slice(0, 5).map((error) => `  ${error}`))
  }
}

console.log(`${Object.keys(files).length} files of type tests, against the declarations of @keyloom/core:`)
console.table(table)
for (const line of failures) console.error(line)
process.exitCode = failures.length === 0 ? 0 : 1

/** The type tests and what they import, by their path under packages/core/test. */
function testFiles() {
  const tests = join(root, 'packages/core/test')
  const found = {}
  const add = (path) => {
    if (path in found) return
    found[path] = readFileSync(join(tests, path), 'utf8')
    for (const [, imported] of found[path].matchAll(/from '(\.[^']+)\.js'/g)) add(join(dirname(path), `${imported}.ts`))
  }
  for (const path of readdirSync(tests, { recursive: true })) if (path.endsWith('.test-d.ts')) add(path)
  return found
}

function versionOf(place) {
  return JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')).version
}
