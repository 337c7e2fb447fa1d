import { connect, isError, ulid } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { faultClient, type ScriptedFault } from '@keyloom/testing'
import { testWithTables } from '@keyloom/testing/vitest/tables'
import { describe, expect } from 'vitest'
import { accountsOf, bank, Entry } from '../src/accounts.js'

const test = testWithTables({ bank: createTableInput(bank, { tableName: 'bank' }) }).extend<{
  readonly accounts: ReturnType<typeof accountsOf>
  /** The same accounts over a connection on which something goes wrong. */
  readonly accountsWith: (script: readonly ScriptedFault[]) => ReturnType<typeof accountsOf>
}>({
  accounts: async ({ dynamodb, tables }, use) => {
    await use(accountsOf(connect({ client: dynamodb.client, tables })))
  },
  accountsWith: async ({ dynamodb, tables }, use) => {
    await use((script) => accountsOf(connect({ client: faultClient(dynamodb.client, { script }), tables })))
  },
})

describe('e-mails', () => {
  test('nobody else can have one, in any spelling', async ({ accounts }) => {
    await accounts.open('ann@example.org')
    const error: unknown = await accounts.open('Ann@Example.org').catch((caught: unknown) => caught)
    expect(isError(error, 'condition-failed') && { reason: error.reason, constraint: error.constraint }).toEqual({
      reason: 'unique',
      constraint: 'email',
    })
  })

  test('one that is given up is free', async ({ accounts }) => {
    const ann = await accounts.open('ann@example.org')
    await accounts.changeEmail(ann, 'ann@example.net')
    const bob = await accounts.open('ann@example.org')
    expect(bob.accountId).not.toBe(ann.accountId)
    await expect(accounts.changeEmail(bob, 'ANN@example.net')).rejects.toMatchObject({ reason: 'unique' })
  })
})

describe('transfers', () => {
  test('move money, and both statements have it', async ({ accounts }) => {
    const [ann, bob] = [await accounts.open('ann@example.org'), await accounts.open('bob@example.org')]
    await accounts.deposit(ann.accountId, 50_00, ulid())
    const ids = [ulid(), ulid()].sort()
    for (const transferId of ids)
      expect(await accounts.transfer({ transferId, from: ann.accountId, to: bob.accountId, amount: 20_00 })).toBe(
        'done',
      )
    expect(await accounts.get(ann.accountId)).toMatchObject({ balance: 10_00 })
    expect(await accounts.get(bob.accountId)).toMatchObject({ balance: 40_00 })
    const statement = await accounts.statement(bob.accountId).all()
    expect(statement.map(({ transferId, amount }) => [transferId, amount])).toEqual(
      ids.toReversed().map((transferId) => [transferId, 20_00]),
    )
  })

  test('that can not be made change nothing, and say why', async ({ accounts }) => {
    const [ann, bob] = [await accounts.open('ann@example.org'), await accounts.open('bob@example.org')]
    await accounts.deposit(ann.accountId, 10_00, ulid())
    const transfer = { transferId: ulid(), from: ann.accountId, to: bob.accountId, amount: 10_01 }
    expect(await accounts.transfer(transfer)).toBe('too little money')
    expect(await accounts.transfer({ ...transfer, amount: 5, to: 'nobody' })).toBe('no such account')
    expect(await accounts.get(ann.accountId)).toMatchObject({ balance: 10_00 })
    expect(await accounts.statement(ann.accountId).all()).toEqual([])
  })

  test('nothing is moved backwards', async ({ accounts }) => {
    const transfer = { transferId: ulid(), from: 'a-1', to: 'a-2', amount: -1 }
    await expect(accounts.transfer(transfer)).rejects.toThrow(RangeError)
  })

  test('many at once make and lose no money', async ({ accounts }) => {
    const opened = await Promise.all(['a', 'b', 'c'].map((name) => accounts.open(`${name}@example.org`)))
    const ids = opened.map(({ accountId }) => accountId)
    for (const accountId of ids) await accounts.deposit(accountId, 100, ulid())
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        accounts.transfer({
          transferId: ulid(),
          from: ids[index % 3] ?? '',
          to: ids[(index + 1) % 3] ?? '',
          amount: 30 + index,
        }),
      ),
    )
    expect(outcomes).toContain('done')
    const balances = await Promise.all(ids.map(async (id) => (await accounts.get(id))?.balance ?? 0))
    expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(300)
  })
})

describe('once', () => {
  const lost = { fault: 'lost-answer-after' } as const

  test('a deposit whose answer was lost is made once', async ({ accounts, accountsWith }) => {
    const { accountId } = await accounts.open('ann@example.org')
    await accountsWith([{ ...lost, nth: 1 }]).deposit(accountId, 50_00, ulid())
    expect(await accounts.get(accountId)).toMatchObject({ balance: 50_00, version: 2 })
  })

  test('so is one that is delivered twice', async ({ accounts }) => {
    const { accountId } = await accounts.open('ann@example.org')
    const receipt = ulid()
    await accounts.deposit(accountId, 50_00, receipt)
    await accounts.deposit(accountId, 50_00, receipt)
    expect(await accounts.get(accountId)).toMatchObject({ balance: 50_00, version: 2 })
  })

  test('and a transfer, whose answers are lost twice and which is then asked for again', async ({
    accounts,
    accountsWith,
  }) => {
    const [ann, bob] = [await accounts.open('ann@example.org'), await accounts.open('bob@example.org')]
    await accounts.deposit(ann.accountId, 50_00, ulid())
    const transfer = { transferId: ulid(), from: ann.accountId, to: bob.accountId, amount: 20_00 }
    const broken = accountsWith([
      { ...lost, nth: 1 },
      { ...lost, nth: 2 },
    ])
    expect(await broken.transfer(transfer)).toBe('done')
    expect(await accounts.transfer(transfer)).toBe('done')
    expect(await accounts.get(bob.accountId)).toMatchObject({ balance: 20_00 })
  })

  test('and one that is asked for again when DynamoDB has forgotten its token', async ({
    accounts,
    dynamodb,
    tables,
  }) => {
    const [ann, bob] = [await accounts.open('ann@example.org'), await accounts.open('bob@example.org')]
    const transfer = { transferId: ulid(), from: ann.accountId, to: bob.accountId, amount: 20_00 }
    const paid = { accountId: ann.accountId, transferId: transfer.transferId, amount: -20_00, other: bob.accountId }
    await connect({ client: dynamodb.client, tables }).for(Entry).put(paid)
    expect(await accounts.transfer(transfer)).toBe('done')
    expect(await accounts.get(bob.accountId)).toMatchObject({ balance: 0 })
  })
})

describe('settings', () => {
  test('of two who edit at once the second is shown what the first saved', async ({ accounts }) => {
    await accounts.saveSettings({ accountId: 'a-1', language: 'en', alerts: false })
    const one = await accounts.settings('a-1')
    const other = await accounts.settings('a-1')
    if (one === undefined || other === undefined) throw new Error('the settings are gone')

    expect(await accounts.saveSettings({ ...one, language: 'fr' })).toEqual({
      saved: { accountId: 'a-1', language: 'fr', alerts: false, version: 2 },
    })
    expect(await accounts.saveSettings({ ...other, alerts: true })).toEqual({
      current: { accountId: 'a-1', language: 'fr', alerts: false, version: 2 },
    })
  })
})
