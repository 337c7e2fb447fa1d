// The demo from the first to the last line: a table, the data, every access pattern, three demonstrations.
import { performance } from 'node:perf_hooks'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import type { TemporaryTables } from '@keyloom/testing'
import { accessPatterns } from '../access-patterns.js'
import { readShopData } from '../data/shop-data.js'
import { indexKeyFollows } from '../demonstrations/index-key-follows.js'
import { lostRace } from '../demonstrations/lost-race.js'
import { resumedPage } from '../demonstrations/resumed-page.js'
import { putsOf, runAll } from '../load.js'
import { onlineShop } from '../shop.js'
import { shopTable } from '../table.js'
import { describeExchange } from './describe-exchange.js'
import { Recorder } from './recorder.js'
import type { Screen } from './screen.js'

export const demonstrations = [indexKeyFollows, lostRace, resumedPage]

/** Shows everything, on tables that the caller drops. Throws where something is not as it should be. */
export async function runDemo(client: DynamoDBClient, tables: TemporaryTables, screen: Screen): Promise<void> {
  screen.title('The data')
  const tableName = await tables.create(createTableInput(shopTable, { tableName: 'online-shop' }))
  screen.details([`A table with two indexes: ${tableName}`])
  const recorder = new Recorder(client)
  await load({ client, tableName, screen })
  recorder.take()

  screen.title(`${accessPatterns.length} access patterns`)
  const shop = onlineShop(connect({ client, tables: { shop: tableName } }))
  for (const [index, { name, question, call, run }] of accessPatterns.entries()) {
    screen.heading(`${index + 1}. ${name}`, question)
    const { rows } = await run(shop)
    screen.details([call, ...recorder.take().flatMap(describeExchange)])
    screen.print()
    screen.table(rows)
  }

  screen.title('Three things that usually go wrong')
  for (const { title, run } of demonstrations) {
    screen.heading(title)
    await run({ client, tableName, recorder, screen })
  }
  screen.print()
}

interface Loading {
  readonly client: DynamoDBClient
  readonly tableName: string
  readonly screen: Screen
}

async function load({ client, tableName, screen }: Loading): Promise<void> {
  const puts = putsOf(await readShopData())
  const start = performance.now()
  const bar = screen.progress('Loading', puts.length)
  try {
    await runAll(connect({ client, tables: { shop: tableName } }), puts, () => {
      bar.increment()
    })
  } finally {
    bar.stop()
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const entities = new Set(puts.map(({ entity }) => entity))
  screen.details([`${puts.length} items loaded in ${seconds} s: ${[...entities].join(', ')}`])
}
