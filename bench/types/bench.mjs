// `pnpm bench:types`: what the checker pays for our types, the budgets that hold it, and our peers beside it.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { installed, publishedCore, temporaryFolder } from '../shared/consumer.mjs'
import { installOnDemand } from '../shared/on-demand.mjs'
import { dynamoose } from './libraries/dynamoose.mjs'
import { electrodb } from './libraries/electrodb.mjs'
import { keyloom } from './libraries/keyloom.mjs'
import { onetable } from './libraries/onetable.mjs'
import { raw } from './libraries/raw.mjs'
import { toolbox } from './libraries/toolbox.mjs'
import { measure } from './measure.mjs'

const names = {
  keyloom: 'Keyloom',
  raw: 'SDK + zod',
  onetable: 'OneTable',
  electrodb: 'ElectroDB',
  toolbox: 'DynamoDB-Toolbox',
  dynamoose: 'Dynamoose',
}
const libraries = { keyloom, raw, onetable, electrodb, toolbox, dynamoose }
const local = ['keyloom', 'raw']

/** Instantiations on TypeScript 5.9 that we want. The whole is that of 50 entities. */
const goals = { entity: 1500, call: 60, whole: 140_000 }
/** What we hold: the exact figures of today, which may fall and not rise. `--update` writes them. docs/adr/0013 has the reasons. */
const held = new URL('held.json', import.meta.url)

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(libraries).join(',') },
    entities: { type: 'string', default: '50' },
    runs: { type: 'string', default: '1' },
    update: { type: 'boolean', default: false },
  },
})
const chosen = options.only.split(',')
const unknown = chosen.find((name) => !(name in libraries))
if (unknown !== undefined) throw new Error(`--only takes ${Object.keys(libraries).join(', ')}; not ${unknown}`)
const size = { entities: Number(options.entities), runs: Number(options.runs) }

const folder = temporaryFolder()
const peers = chosen.some((name) => !local.includes(name))
  ? installOnDemand('peers', fileURLToPath(new URL('peers', import.meta.url)))
  : undefined

const figures = {}
for (const name of chosen) figures[name] = measure(folder, name, libraries[name], packagesOf(name), size)

console.log(
  `${size.entities} entities of 20 attributes and 2 indexes, four calls each. Instantiations: TypeScript 5.9.`,
)
console.table(Object.fromEntries(chosen.map((name) => [names[name], rowOf(figures[name])])))
process.exitCode = chosen.includes('keyloom') && !withinBudget(figures.keyloom) ? 1 : 0

function packagesOf(name) {
  const shared = { '@types/node': installed('@types/node') }
  if (local.includes(name)) {
    const sdk = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', 'zod', 'ulid']
    for (const one of sdk) shared[one] = installed(one)
    return name === 'keyloom' ? { ...shared, '@keyloom/core': publishedCore(folder) } : shared
  }
  const own = { onetable: 'dynamodb-onetable', toolbox: 'dynamodb-toolbox' }[name] ?? name
  for (const one of ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', own]) shared[one] = join(peers, one)
  return shared
}

function rowOf({ whole, entity, call, schema, checkSeconds, nativeSeconds, megabytes }) {
  return {
    whole: Math.round(whole),
    'an entity': Math.round(entity),
    'its zod schema': Math.round(schema),
    'a call': Math.round(call),
    'check, s': Number(checkSeconds.toFixed(2)),
    'TypeScript 7, s': Number(nativeSeconds.toFixed(2)),
    MB: Math.round(megabytes),
  }
}

function withinBudget(found) {
  const figures = Object.fromEntries(Object.keys(goals).map((name) => [name, Math.round(found[name])]))
  if (options.update) writeFileSync(held, `${JSON.stringify(figures, undefined, 2)}\n`)
  const bounds = JSON.parse(readFileSync(held, 'utf8'))
  const labels = { entity: 'an entity net of zod', call: 'a call', whole: 'the whole' }
  let within = true
  for (const [name, label] of Object.entries(labels)) {
    // Fewer entities share what is resolved once: then only the call is comparable.
    const isComparable = size.entities === 50 || name === 'call'
    const isOver = isComparable && figures[name] > bounds[name]
    within &&= !isOver
    console.log(
      `${isOver ? '✘' : '✔'} Keyloom, ${label}: ${figures[name]}; held at ${bounds[name]}, goal ${goals[name]}`,
    )
  }
  if (!within)
    console.log('The types became dearer. Make them cheaper, or say why they must be: --update holds the new figures.')
  return within
}
