// `pnpm bench:size`: the bytes that a library adds to a bundle, and the CPU time of its import, net of the SDK and zod.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { installed, makeProject, publishedCore, temporaryFolder } from '../shared/consumer.mjs'
import { installOnDemand } from '../shared/on-demand.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const local = ['keyloom', 'keyloom-root', 'raw', 'docclient']
const names = [...local, 'electrodb', 'toolbox', 'onetable', 'dynamoose']
/** Kilobytes, gzipped: a handler with get, put and query; the whole root; milliseconds of CPU to import it. */
const budgets = { handler: 16, root: 25, importing: 3 }

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: names.join(',') },
    runs: { type: 'string', default: '15' },
    json: { type: 'string' },
  },
})
const chosen = [...new Set(['raw', ...options.only.split(',')])]
const unknown = chosen.find((name) => !names.includes(name))
if (unknown !== undefined) throw new Error(`--only takes ${names.join(', ')}; not ${unknown}`)

const folder = temporaryFolder()
const project = makeProject(folder, 'size', { files: filesOf(chosen), packages: packagesOf(chosen) })

const figures = {}
for (const name of chosen) figures[name] = { gzip: await bundled(name) }
for (let run = 0; run <= Number(options.runs); run++)
  for (const name of chosen) {
    const milliseconds = importTime(name)
    // The first one fills the file system's cache.
    if (run > 0) (figures[name].samples ??= []).push(milliseconds)
  }
const rawSamples = figures.raw.samples
for (const name of chosen) {
  const { gzip, samples } = figures[name]
  const above = name === 'raw' ? samples : samples.map((sample, run) => sample - rawSamples[run])
  figures[name] = { gzip, importing: median(above) }
}
for (const name of chosen) if (name !== 'raw') figures[name].net = figures[name].gzip - figures.raw.gzip

console.log('A handler with put, get and query, minified, gzipped, the SDK and zod left outside; net of the bare SDK')
console.table(
  Object.fromEntries(
    chosen.map((name) => {
      const { gzip, net = 0, importing } = figures[name]
      return [name, { 'KB gzip': kilobytes(gzip), 'KB net': kilobytes(net), 'ms CPU of import': importing.toFixed(1) }]
    }),
  ),
)
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`)
process.exitCode = withinBudget() ? 0 : 1

/** One source for each bundle; the whole root is one that keeps all of its names. */
function filesOf(ids) {
  const handlers = readdirSync(join(here, 'handlers')).filter((file) => ids.includes(file.replace('.mjs', '')))
  const files = Object.fromEntries(handlers.map((file) => [file, readFileSync(join(here, 'handlers', file), 'utf8')]))
  return { ...files, 'keyloom-root.mjs': "export * from '@keyloom/core'\nexport const handler = undefined\n" }
}

function packagesOf(ids) {
  const peers = ids.some((id) => !local.includes(id))
    ? installOnDemand('peers', join(here, '../types/peers'))
    : undefined
  const packages = {
    zod: installed('zod'),
    ulid: installed('ulid'),
    '@keyloom/core': publishedCore(folder, { code: true }),
  }
  for (const name of ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'])
    packages[name] = peers === undefined ? installed(name) : join(peers, name)
  if (peers !== undefined)
    for (const name of ['electrodb', 'dynamodb-toolbox', 'dynamodb-onetable', 'dynamoose'])
      packages[name] = join(peers, name)
  return packages
}

async function bundled(name) {
  const outfile = join(project, `${name}.bundle.mjs`)
  await build({
    entryPoints: [join(project, `${name}.mjs`)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
    external: ['@aws-sdk/*', '@smithy/*', 'zod', 'zod/*'],
    // CommonJS inside of a bundle of modules asks for it.
    banner: { js: "import{createRequire as __cr}from'module';const require=__cr(import.meta.url);" },
  })
  return gzipSync(readFileSync(outfile), { level: 9 }).length
}

/** Above what the SDK and zod cost, which are loaded before. */
function importTime(name) {
  const code = `
    await import('@aws-sdk/client-dynamodb'); await import('@aws-sdk/lib-dynamodb'); await import('zod')
    const start = process.cpuUsage()
    await import(${JSON.stringify(`./${name}.bundle.mjs`)})
    const { user, system } = process.cpuUsage(start)
    console.log((user + system) / 1000)`
  const env = { ...process.env, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], {
    cwd: realpathSync(project),
    env: { ...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${name} can't be imported: ${stderr.slice(0, 600)}`)
  return Number(stdout)
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(1)
}

function withinBudget() {
  const rows = []
  const hold = (what, found, budget) => {
    if (found !== undefined) rows.push({ what, found: Number(found.toFixed(1)), budget, held: found <= budget })
  }
  hold('a handler, KB', figures.keyloom && figures.keyloom.net / 1024, budgets.handler)
  hold('the whole root, KB', figures['keyloom-root'] && figures['keyloom-root'].gzip / 1024, budgets.root)
  hold('import, ms CPU', figures.keyloom?.importing, budgets.importing)
  console.table(rows)
  // Bytes are exact, and so a budget; time is reported.
  return rows.filter(({ what }) => what.endsWith('KB')).every(({ held }) => held)
}
