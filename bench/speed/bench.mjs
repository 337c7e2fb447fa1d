// `pnpm bench` and `pnpm bench:server`: what a call costs in CPU time, on the bare SDK, ours and our peers, in one run.
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { installed, makeProject, publishedCore, root, temporaryFolder } from '../shared/consumer.mjs'
import { installOnDemand } from '../shared/on-demand.mjs'
import { local, names } from './adapters.mjs'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: names.join(',') },
    measure: { type: 'string', default: 'check,build,send,decode,heap,define' },
    rounds: { type: 'string', default: '11' },
    ms: { type: 'string', default: '80' },
    warm: { type: 'string', default: '1200' },
    json: { type: 'string' },
  },
})
const chosen = [...new Set(['raw', ...options.only.split(',')])]
const unknown = chosen.find((name) => !names.includes(name))
if (unknown !== undefined) throw new Error(`--only takes ${names.join(', ')}; not ${unknown}`)

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = temporaryFolder()
const withPeers = chosen.some((name) => !local.includes(name))
const peers = withPeers ? installOnDemand('peers', join(here, '../types/peers')) : undefined
// One SDK for all: the peers' where they take part.
const sdk = (name) => (peers === undefined ? installed(name) : join(peers, name))
const document = sdk('@aws-sdk/lib-dynamodb')
const packages = {
  '@aws-sdk/client-dynamodb': sdk('@aws-sdk/client-dynamodb'),
  '@aws-sdk/lib-dynamodb': document,
  // What lib-dynamodb itself marshals with stands beside it.
  '@aws-sdk/util-dynamodb': join(dirname(realpathSync(document)), 'util-dynamodb'),
  '@dynoxide/linux-x64': installed('@dynoxide/linux-x64'),
  zod: installed('zod'),
  ulid: installed('ulid'),
  '@keyloom/core': publishedCore(folder, { code: true }),
}
if (peers !== undefined)
  for (const name of ['electrodb', 'dynamodb-toolbox', 'dynamodb-onetable', 'dynamoose'])
    packages[name] = join(peers, name)

const files = Object.fromEntries(
  ['', 'adapters/'].flatMap((inner) =>
    readdirSync(join(here, inner))
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => [inner + name, readFileSync(join(here, inner + name), 'utf8')]),
  ),
)
const project = makeProject(folder, 'speed', { files, packages })
const settings = { ...options, only: chosen.join(',') }
const { status } = spawnSync(process.execPath, ['--no-warnings', join(project, 'main.mjs'), JSON.stringify(settings)], {
  cwd: project,
  stdio: 'inherit',
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
})
if (status === 0 && options.json !== undefined) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const figures = JSON.parse(readFileSync(join(project, 'figures.json'), 'utf8'))
  writeFileSync(options.json, `${JSON.stringify({ node: process.version, packageManager, ...figures }, null, 2)}\n`)
}
process.exitCode = status ?? 1
