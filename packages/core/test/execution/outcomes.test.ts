// What became of a write whose answer was lost: proven to be applied, or unknown; never a conflict with itself.
import { AmbiguousWriteError, connect, ConditionFailedError } from '@keyloom/core'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Account, Receipt } from '../ledger.js'
import { serviceError, type StubClient, stubClient } from '../stub-client.js'
import { virtualTime } from '../virtual-time.js'

type Row = Record<string, AttributeValue>

const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $metadata: { attempts: 1 } })
const refused = (Item?: Row) => serviceError('ConditionalCheckFailedException', 400, Item && { Item })
const over = (client: StubClient) => connect({ client, tables: { ledger: 'l' }, retry: { scheduler: virtualTime() } })

/** A client that applies the first write and loses the answer, and refuses the second, with the row as it is then. */
function losingThenRefusing(change: (row: Row) => Row | undefined = (row) => row): StubClient {
  let row: Row | undefined
  return stubClient(({ operation, input }, count) => {
    if (operation === 'GetItem') return { Item: row }
    if (count === 1) {
      row = change(input['Item'] as Row)
      throw lost
    }
    throw refused(row)
  })
}

const receipt = { account: 'a-1', amount: 5 }
const account = { name: 'SECRET', owner: 'o-1' }

describe('a create that met its own first attempt', () => {
  test('is applied where an id that was made for it proves that', async () => {
    const client = losingThenRefusing()
    const made = await over(client).for(Receipt).create(receipt)
    expect(made).toMatchObject(receipt)
    expect(client.sent).toHaveLength(2)
    expect(client.sent[1]?.input).toEqual(client.sent[0]?.input)
  })

  test('also where the id is no part of the key, or the item was changed since', async () => {
    const client = losingThenRefusing((row) => ({ ...row, owner: { S: 'o-2' } }))
    expect(await over(client).for(Account).create(account)).toMatchObject(account)
  })

  test.each<[string, (row: Row) => Row | undefined, object]>([
    ['another id', (row) => ({ ...row, claimId: { S: '11111111-1111-4111-8111-111111111111' } }), account],
    ['no item', () => undefined, account],
    ['no id', (row) => ({ ...row, claimId: { NULL: true } }), account],
    ['an id of the caller', (row) => row, { ...account, claimId: crypto.randomUUID() }],
    ['an id that is no unique one', (row) => row, { ...account, claimId: 'claim' }],
  ])('is unknown with %s', async (_, change, item) => {
    const client = losingThenRefusing(change)
    const error = await over(client)
      .for(Account)
      .create(item as typeof account)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AmbiguousWriteError)
    expect(error).toMatchObject({ outcome: 'unknown', attempts: 2, operation: 'Account.create' })
  })

  test('repeated and accepted, it is applied', async () => {
    const client = stubClient((_, count) => {
      if (count === 1) throw lost
      return {}
    })
    expect(await over(client).for(Account).create(account)).toMatchObject(account)
  })

  test('without a lost answer, the conflict is another writer', async () => {
    const client = stubClient((_, count) => {
      throw count === 1 ? serviceError('ThrottlingException') : refused()
    })
    const error = await over(client)
      .for(Account)
      .create(account)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConditionFailedError)
    expect(error).toMatchObject({ outcome: 'not-applied', reason: 'already-exists' })
  })
})

describe('finding out', () => {
  async function unknown(client: StubClient, create = over(client).for(Account).put(account)) {
    const error = await create.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AmbiguousWriteError)
    return error as AmbiguousWriteError
  }

  test('check() reads the item, consistently, and proves the write by its id', async () => {
    const client = losingThenRefusing()
    const error = await unknown(client)
    expect(await error.check()).toMatchObject({ outcome: 'applied', item: account })
    expect(client.sent.at(-1)).toMatchObject({
      operation: 'GetItem',
      input: { TableName: 'l', Key: { pk: { S: 'NAME#SECRET' }, sk: { S: 'NAME' } }, ConsistentRead: true },
    })
  })

  test('what proves nothing stays unknown', async () => {
    expect(await (await unknown(losingThenRefusing(() => undefined))).check()).toEqual({
      outcome: 'unknown',
      item: undefined,
    })
    const other = losingThenRefusing((row) => ({ ...row, claimId: { S: crypto.randomUUID() } }))
    expect(await (await unknown(other)).check()).toMatchObject({ outcome: 'unknown', item: account })
  })

  test('shows no values', async () => {
    const error = await unknown(losingThenRefusing())
    for (const shown of [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })])
      expect(shown).not.toContain('SECRET')
    expect(error.keyAttributes).toEqual(['pk', 'sk'])
  })
})

test('a put that was repeated and asked for the old item says that it was applied', async () => {
  const client = stubClient((_, count) => {
    if (count === 1) throw lost
    return {}
  })
  const db = connect({ client, tables: { ledger: 'l' }, retry: { scheduler: virtualTime() }, repeatUnknown: true })
  await expect(db.for(Account).put(account, { returning: 'old' })).rejects.toMatchObject({ outcome: 'applied' })
  await expect(db.for(Account).delete({ name: 'x' }, { returning: 'old' })).resolves.toBeUndefined()
})
