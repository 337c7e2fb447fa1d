import { connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { Doc, doc, library } from './documents.js'
import { type DocApply, updates } from './updates.js'

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(library, { tableName: 'library' }))
  return connect({ client: dynamodb.client, tables: { library: name } }).for(Doc)
}

/** An item without what is `undefined` in it. */
function present(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))
}

describe('apply', () => {
  test('each action has its effect', async ({ dynamodb }) => {
    const docs = await connected(dynamodb)
    for (const [name, { apply, changed }] of Object.entries(updates)) {
      await docs.put(doc)
      await docs.update(doc, { apply })
      expect([name, await docs.get(doc)]).toEqual([name, present({ ...doc, ...changed })])
    }
  })

  test('a merge with orCreate makes the map that is missing, and leaves the rest of one that is there', async ({
    dynamodb,
  }) => {
    const docs = await connected(dynamodb)
    await docs.put(doc)
    const move = (city: string) =>
      docs.update(doc, {
        apply: (o, { merge }) => [merge(o.home, { city }, { orCreate: { zip: '0' } })],
        returning: 'new',
      })
    expect(await move('Bonn')).toEqual({ ...doc, home: { city: 'Bonn', zip: '0' } })
    await docs.update(doc, { apply: (o, { set }) => [set(o.home.zip, '9')] })
    expect(await move('Berlin')).toEqual({ ...doc, home: { city: 'Berlin', zip: '9' } })
  })

  test('several maps may be missing, each for itself', async ({ dynamodb }) => {
    const docs = await connected(dynamodb)
    const apply = {
      apply: (o, { merge, plus }) => [
        merge(o.home, { city: 'B' }, { orCreate: {} }),
        merge(
          o.address.geo,
          { latitude: plus(o.address.geo.latitude, 1) },
          { orCreate: { latitude: 1, longitude: 2 } },
        ),
      ],
      returning: 'new',
    } satisfies Parameters<typeof docs.update>[1]
    await docs.put({ ...doc, address: { ...doc.address, geo: { latitude: 5, longitude: 6 } } })
    expect(await docs.update(doc, apply)).toMatchObject({
      home: { city: 'B' },
      address: { geo: { latitude: 6, longitude: 6 } },
    })
    await docs.put({ ...doc, home: { city: 'A' } })
    expect(await docs.update(doc, apply)).toMatchObject({
      home: { city: 'B' },
      address: { geo: { latitude: 1, longitude: 2 } },
    })
  })

  test('orCreate has no place in what is one request', async () => {
    const db = connect({ client: { send: async () => ({}) }, tables: { library: 'library' } })
    const merging: DocApply = (o, { merge }) => [merge(o.home, { city: 'B' }, { orCreate: {} })]
    expect(() => Doc.update(doc, { apply: merging, once: true })).toThrow('beside orCreate, which takes two requests')
    const refused = await db.transactWrite([Doc.update(doc, { apply: merging })]).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'input', expected: 'no merge with orCreate, which takes two requests' })
  })

  test('orCreate makes no item, and hides no condition', async ({ dynamodb }) => {
    const docs = await connected(dynamodb)
    const update = () =>
      docs.update(doc, {
        apply: (o, { merge }) => [merge(o.home, { city: 'B' }, { orCreate: {} })],
        condition: (o, { eq }) => eq(o.title, 'Other'),
      })
    expect(await update().catch((error: unknown) => error)).toMatchObject({ reason: 'not-found' })
    await docs.put(doc)
    expect(await update().catch((error: unknown) => error)).toMatchObject({ reason: 'condition', item: doc })
    expect(await docs.get(doc)).toEqual(doc)
  })
})
