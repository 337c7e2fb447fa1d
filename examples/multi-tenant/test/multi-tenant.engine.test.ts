import '@keyloom/testing/vitest/matchers'
import { randomBytes } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { connect, type CursorKeys, InputError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { recordRequests } from '@keyloom/testing'
import { testWithTables } from '@keyloom/testing/vitest/tables'
import { describe, expect } from 'vitest'
import { Document, documentsOf, office, operationsOf } from '../src/documents.js'

const madeAt = new Date('2026-02-16T09:00:00Z')
const cursorKey = randomBytes(32)

function connected(client: DynamoDBClient, tables: { readonly office: string }) {
  const recorded = recordRequests(client, { tables })
  const dbWith = (key: Uint8Array | CursorKeys) => connect({ client: recorded, tables, cursorKey: key })
  const db = dbWith(cursorKey)
  const tenant = (tenantId: string) => documentsOf(db.within({ tenantId }))
  return { recorded, dbWith, db, tenant, acme: tenant('acme'), globex: tenant('globex') }
}

const test = testWithTables({ office: createTableInput(office, { tableName: 'office' }) }).extend<{
  readonly service: ReturnType<typeof connected>
}>({
  service: async ({ dynamodb, tables }, use) => {
    const service = connected(dynamodb.client, tables)
    for (const title of ['salaries', 'plans', 'offers'])
      for (const documents of [service.acme, service.globex]) await documents.write({ folder: 'board', title, madeAt })
    await use(service)
  },
})

describe('a tenant', () => {
  test('reads and removes its own, and nothing else, whatever id it gives', async ({ service: { acme, globex } }) => {
    const { documentId } = await acme.write({ folder: 'board', title: 'minutes', madeAt })
    expect(await acme.read(documentId)).toMatchObject({ tenantId: 'acme', title: 'minutes' })
    expect(await globex.read(documentId)).toBeUndefined()
    expect(await globex.remove(documentId)).toBeUndefined()
    expect(await acme.read(documentId)).toMatchObject({ title: 'minutes' })
  })

  test('has an id of its own: one that looks like a part of a key reaches nothing', async ({ service }) => {
    const { items } = await service.tenant('acme#FOLDER').list('board', 'ann')
    expect(items).toEqual([])
    await expect(async () => service.tenant('').list('board', 'ann')).rejects.toThrow(InputError)
  })

  test('does not get at another by operations made elsewhere', async ({ service: { db, recorded } }) => {
    const requests = recorded.requests.length
    const bound = db.within({ tenantId: 'acme' })
    const foreign = { tenantId: 'globex', documentId: 'd-1' }
    await expect(bound.run(Document.get(foreign))).rejects.toThrow(InputError)
    await expect(bound.batchGet([Document.get(foreign)])).rejects.toThrow(InputError)
    await expect(bound.transactWrite([Document.delete(foreign)])).rejects.toThrow(InputError)
    expect(recorded.requests).toHaveLength(requests)
  })

  test('has no way to what is of all tenants, in types and at run time', async ({ service: { db } }) => {
    const bound = db.within({ tenantId: 'acme' })
    // @ts-expect-error -- the index is not made of the tenant
    expect(bound.for(Document).query.byDay).toBeUndefined()
    // @ts-expect-error -- a scan reads all tenants
    expect(bound.for(Document).scan).toBeUndefined()
    // @ts-expect-error -- a connection that isn't bound reaches all tenants
    await expect(documentsOf(db).read('d-1')).rejects.toThrow(InputError)
    expect(await operationsOf(db).madeOn('2026-02-16').count()).toBe(6)
  })
})

describe('a cursor', () => {
  test('goes on where the page ended, and shows nothing', async ({ service: { acme } }) => {
    const first = await acme.list('board', 'ann')
    expect(first.items.map(({ title }) => title)).toEqual(['offers', 'plans'])
    const { cursor = '' } = first
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('plans')
    expect((await acme.list('board', 'ann', cursor)).items.map(({ title }) => title)).toEqual(['salaries'])
  })

  test('is of no use to others, and costs no request', async ({ service: { acme, globex, recorded } }) => {
    const { cursor = '' } = await acme.list('board', 'ann')
    const requests = recorded.requests.length
    const changed = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`
    for (const refused of [
      () => globex.list('board', 'ann', cursor),
      () => acme.list('board', 'bob', cursor),
      () => acme.list('attic', 'ann', cursor),
      () => acme.list('board', 'ann', changed),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'cursor' })
    expect(recorded.requests).toHaveLength(requests)
  })

  test('outlives a change of the secret, as long as the old one is kept', async ({ service: { acme, dbWith } }) => {
    const { cursor } = await acme.list('board', 'ann')
    const changed = dbWith({ current: randomBytes(32), previous: [cursorKey] }).within({ tenantId: 'acme' })
    expect((await documentsOf(changed).list('board', 'ann', cursor)).items).toHaveLength(1)
    const forgotten = dbWith(randomBytes(32)).within({ tenantId: 'acme' })
    await expect(documentsOf(forgotten).list('board', 'ann', cursor)).rejects.toMatchObject({ code: 'cursor' })
  })
})
