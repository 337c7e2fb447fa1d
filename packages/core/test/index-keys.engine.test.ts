// Any sequence of writes, in every style of keys: after each one, each index key is its template over the raw row, or absent.
import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { connect, type Db, isError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import { depot, type Row, severalAttributes, type Style, styles, yard } from './key-styles.js'
import { randomFrom } from './random.js'

/** Each write costs some 3 ms on an engine, so that 500 sequences would take over a minute: `KEYLOOM_SEQUENCES` says how many. */
const sequences = Number(process.env['KEYLOOM_SEQUENCES'] ?? 100)
const writes = 50
const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)

type Verb = 'put' | 'create' | 'replace' | 'update' | 'upsert' | 'delete' | 'modify'
const verbs: readonly Verb[] = ['put', 'create', 'replace', 'update', 'update', 'update', 'upsert', 'delete', 'modify']
type Values = Record<string, unknown>
type Fields = Record<string, never>
type Actions = Record<string, (...values: unknown[]) => unknown>

function chance(random: () => number) {
  const nat = (below: number) => Math.floor(random() * below)
  const pick = <Of>(values: readonly Of[]): Of => values[nat(values.length)] as Of
  const troubling = () => pick(['#', '$', 'a', 'A', 'é b', 'x#y', '\uffff', '$23', '', '\u{10ffff}'])
  const makers: Readonly<Record<string, () => unknown>> = {
    state: () => pick(['open', 'late', 'done']),
    region: troubling,
    archived: () => random() < 0.5,
    weight: () => pick([0, nat(1_000), nat(100_000)]),
    carrier: troubling,
    at: () => new Date(nat(2_000_000_000) * 1_000),
    place: () => pick([{}, { city: troubling() }]),
    count: () => nat(10),
    note: troubling,
    tags: () => new Set(pick([[], ['a'], ['a', 'b']])),
  }
  const required = ['state', 'region', 'archived']
  const names = Object.keys(makers)
  const item = (id: string): Values => ({
    id,
    ...Object.fromEntries(
      names.filter((name) => required.includes(name) || random() < 0.6).map((name) => [name, makers[name]?.()]),
    ),
  })
  /** `set`, `remove`, `add` and `apply` of some attributes, no two of the same. */
  const changes = (): Values => {
    const set: Values = {}
    const remove: string[] = []
    const applied: ((o: Fields, actions: Actions) => unknown)[] = []
    const free = [...names]
    const take = () => free.splice(nat(free.length), 1)[0] ?? ''
    for (let left = 1 + nat(3); left > 0; left--) {
      const name = take()
      const way = random()
      if (way < 0.25 && !required.includes(name)) remove.push(name)
      else if (way < 0.5) applied.push((o, actions) => actions['set']?.(o[name], makers[name]?.()))
      else set[name] = makers[name]?.()
    }
    const add: Values = {}
    if (free.includes('count') && random() < 0.5) add['count'] = 1 + nat(3)
    // Arithmetic on a component, or a path inside of one, which must be refused where it is in a key.
    if (free.includes('weight') && random() < 0.1)
      applied.push((o, { set: change, plus, ifNotExists }) =>
        change?.(o['weight'], plus?.(ifNotExists?.(o['weight'], 0), 1)),
      )
    if (free.includes('tags') && random() < 0.3) applied.push((o, { addTo }) => addTo?.(o['tags'], ['c']))
    if (free.includes('place') && random() < 0.2)
      applied.push((o, { merge }) => merge?.(o['place'], { city: troubling() }, { orCreate: {} }))
    return {
      ...(Object.keys(set).length > 0 && { set }),
      ...(Object.keys(add).length > 0 && { add }),
      ...(remove.length > 0 && { remove }),
      ...(applied.length > 0 && {
        apply: (o: Fields, actions: Actions) => applied.map((action) => action(o, actions)),
      }),
    }
  }
  return { nat, pick, item, changes }
}

interface Known {
  readonly row?: Row | undefined
  readonly item?: Values | undefined
  readonly before?: Values | undefined
}

/** One write, of what is known, of what was known, or of nothing that was read. */
async function write(db: Db, of: Style, verb: Verb, id: string, known: Known, random: () => number): Promise<unknown> {
  const { pick, item, changes } = chance(random)
  const { entity, isVersioned } = of
  const believed = pick([known.item, known.item, known.before, undefined])
  const fresh = item(id)
  const stamps =
    isVersioned && believed !== undefined ? { version: believed['version'], createdAt: believed['createdAt'] } : {}
  const given = believed === undefined ? {} : { given: believed }
  const blind = isVersioned && random() < 0.3 ? { ignoreVersion: true } : {}
  const run = (operation: unknown) => db.run(operation as never)
  switch (verb) {
    case 'put':
      return run(entity['put']?.({ ...fresh, ...stamps }, blind))
    case 'create':
      return run(entity['create']?.(fresh))
    case 'replace':
      return run(entity['replace']?.({ ...fresh, ...stamps }, blind))
    case 'update':
      return run(entity['update']?.({ id }, { ...changes(), ...given, returning: 'new' }))
    case 'upsert': {
      const { id: _, count, ...set } = fresh
      return run(entity['upsert']?.({ id }, { set, ...(count !== undefined && { add: { count } }), returning: 'new' }))
    }
    case 'delete':
      return run(entity['delete']?.({ id }, given))
    case 'modify': {
      const wanted = random() < 0.1 ? undefined : changes()
      return db.modify(entity as never, { id } as never, () => wanted as never)
    }
  }
}

async function sequence(
  db: Db,
  raw: (key: object) => Promise<Row | undefined>,
  all: readonly Style[],
  number: number,
  done: Map<string, number>,
): Promise<void> {
  const random = randomFrom(seed + number)
  const { pick, nat } = chance(random)
  const states = new Map<string, Known>()
  for (let place = 0; place < writes; place++) {
    const of = pick(all)
    const id = `${number}-${nat(2)}`
    const Key = of.keyOf(id)
    const known = states.get(Key.pk.S) ?? {}
    // More is written where something is there.
    const verb: Verb = known.item === undefined && random() < 0.5 ? pick(['put', 'create', 'upsert']) : pick(verbs)
    const at = `sequence ${number}, write ${place}, ${verb} of ${Key.pk.S}`
    let result: unknown
    let isApplied = true
    try {
      result = await write(db, of, verb, id, known, random)
    } catch (error) {
      if (!isError(error, 'condition-failed') && !isError(error, 'input')) throw new Error(at, { cause: error })
      isApplied = false
    }
    const row = await raw(Key)
    if (!isApplied) expect([at, row]).toEqual([at, known.row])
    if (row !== undefined) expect([at, of.keysIn(row)]).toEqual([at, of.expected(row)])
    if (!isApplied) continue
    done.set(`${of.keyOf('').pk.S}${verb}`, (done.get(`${of.keyOf('').pk.S}${verb}`) ?? 0) + 1)
    states.set(Key.pk.S, { row, item: row && (result as Values), before: known.item })
  }
}

async function check(
  client: { send: (command: never) => Promise<unknown> },
  db: Db,
  TableName: string,
  all: readonly Style[],
  count: number,
): Promise<void> {
  console.info(`[figures] index keys: ${count} sequences of ${writes} writes, KEYLOOM_SEED=${seed}`)
  const raw = async (Key: object) => {
    const command = new GetItemCommand({ TableName, Key: Key as never, ConsistentRead: true })
    return ((await client.send(command as never)) as { Item?: Row }).Item
  }
  const done = new Map<string, number>()
  for (let first = 0; first < count; first += 8)
    await Promise.all(
      Array.from({ length: Math.min(8, count - first) }, (_, place) => sequence(db, raw, all, first + place, done)),
    )
  console.info(`[figures] index keys: applied ${JSON.stringify(Object.fromEntries([...done].sort()))}`)
  // Nothing is shown by writes that are all refused. An upsert can't know when an item was made that may be there.
  const missing = all
    .flatMap((of) => verbs.map((verb) => `${of.keyOf('').pk.S}${verb}`))
    .filter((name) => !done.has(name))
  expect(new Set(missing)).toEqual(new Set(all === styles ? ['CREATED#upsert'] : []))
}

test(
  `${sequences} sequences of ${writes} writes leave no stale index key`,
  { timeout: 3_600_000 },
  async ({ dynamodb }) => {
    const name = await dynamodb.createTable(createTableInput(depot, { tableName: 'depot' }))
    const db = connect({ client: dynamodb.client, tables: { depot: name } })
    await check(dynamodb.client, db, name, styles, sequences)
    const { Count = 0 } = await dynamodb.client.send(new ScanCommand({ TableName: name, Select: 'COUNT' }))
    expect(Count).toBeGreaterThan(0)
  },
)

test(
  'the same holds for indexes of several attributes',
  { timeout: 3_600_000, meta: { needs: 'conformant' } },
  async ({ dynamodb }) => {
    const name = await dynamodb.createTable(createTableInput(yard, { tableName: 'yard' }))
    const db = connect({ client: dynamodb.client, tables: { yard: name } })
    await check(dynamodb.client, db, name, severalAttributes, Math.ceil(sequences / 5))
  },
)
