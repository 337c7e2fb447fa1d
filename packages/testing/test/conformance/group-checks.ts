// What Keyloom relies on in batches, transactions and the life of items.
import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import { expect } from 'vitest'
import { N, S, refusal, sortKeys, type Check } from './bench.js'

const invalid = 'ValidationException'
const canceled = 'TransactionCanceledException'
const absent = { ConditionExpression: 'attribute_not_exists(pk)' }

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`)

export const groupChecks: readonly Check[] = [
  {
    name: 'a batch reads 100 keys and leaves out what is not there',
    async run(bench) {
      await bench.seed(2)
      const { Responses, UnprocessedKeys } = await bench.batchGet([
        ...numbered(98).map((sk) => bench.key(sk)),
        bench.key('s0'),
        bench.key('s1'),
      ])
      expect(sortKeys({ Items: Responses?.[bench.table] }).toSorted()).toEqual(['s0', 's1'])
      expect(UnprocessedKeys).toEqual({})
      expect(await refusal(bench.batchGet(numbered(101).map((sk) => bench.key(sk))))).toBe(invalid)
    },
  },
  {
    name: 'a batch writes 25 items',
    async run(bench) {
      const { UnprocessedItems } = await bench.batchPut(numbered(25).map((sk) => bench.key(sk)))
      expect(UnprocessedItems).toEqual({})
      expect((await bench.query('pk = :p')).Count).toBe(25)
      expect(await refusal(bench.batchPut(numbered(26).map((sk) => bench.key(sk))))).toBe(invalid)
    },
  },
  {
    name: 'a batch has no key twice and is not empty',
    async run(bench) {
      expect(await refusal(bench.batchGet([bench.key(), bench.key()]))).toBe(invalid)
      expect(await refusal(bench.batchPut([bench.key(), bench.key()]))).toBe(invalid)
      expect(await refusal(bench.batchGet([]))).toBe(invalid)
    },
  },
  {
    name: 'one invalid member refuses a whole batch',
    async run(bench) {
      expect(await refusal(bench.batchPut([bench.key(), { pk: S(bench.pk) }]))).toBe(invalid)
      expect((await bench.query('pk = :p')).Count).toBe(0)
    },
  },
  {
    name: 'a canceled transaction writes nothing and says which part and why, in order',
    async run(bench) {
      await bench.put({ v: N(1) })
      const failing = { Item: bench.key(), ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }
      await expect(bench.transactPut([{ Item: bench.key('new') }, failing])).rejects.toMatchObject({
        name: canceled,
        CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { ...bench.key(), v: N(1) } }],
      })
      expect(await bench.get('new')).toBeUndefined()
    },
  },
  {
    name: 'a canceled transaction returns no item where none is asked for',
    async run(bench) {
      await bench.put()
      const error: unknown = await bench
        .transactPut([{ Item: bench.key(), ...absent }])
        .catch((thrown: unknown) => thrown)
      const [reason] = (error as { CancellationReasons: { Code: string; Item?: object }[] }).CancellationReasons
      expect([reason?.Code, reason?.Item]).toEqual(['ConditionalCheckFailed', undefined])
    },
  },
  {
    name: 'a transaction writes 100 items, each once',
    async run(bench) {
      const puts = numbered(101).map((sk) => ({ Item: bench.key(sk) }))
      await bench.transactPut(puts.slice(0, 100))
      expect((await bench.query('pk = :p')).Count).toBe(100)
      expect(await refusal(bench.transactPut(puts))).toBe(invalid)
      expect(await refusal(bench.transactPut([{ Item: bench.key() }, { Item: bench.key() }]))).toBe(invalid)
    },
  },
  {
    name: 'a token makes a transaction happen once, and is for one content',
    async run(bench) {
      const token = `token-${bench.pk}`
      const put = { Item: bench.key(), ...absent }
      await bench.transactPut([put], token)
      await bench.transactPut([put], token)
      expect(await refusal(bench.transactPut([{ Item: bench.key('y') }], token))).toBe(
        'IdempotentParameterMismatchException',
      )
    },
  },
  {
    name: 'a transaction reads in order and has a hole for what is not there',
    async run(bench) {
      await bench.seed(2)
      const { Responses } = await bench.transactGet(['s1', 'none', 's0'].map((sk) => ({ Key: bench.key(sk) })))
      expect(Responses?.map(({ Item }) => Item?.['sk']?.S)).toEqual(['s1', undefined, 's0'])
    },
  },
  {
    name: 'a transaction reads the projection alone',
    async run(bench) {
      await bench.put({ v: N(1) })
      const { Responses } = await bench.transactGet([{ Key: bench.key(), ProjectionExpression: 'v' }])
      expect(Responses).toEqual([{ Item: { v: N(1) } }])
    },
  },
  {
    name: 'of many creations at once one wins, and no addition is lost',
    async run(bench) {
      const created = await Promise.allSettled(numbered(20).map(() => bench.put({}, absent)))
      expect(created.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      await Promise.all(numbered(20).map(() => bench.update('ADD v :one', { ':one': N(1) })))
      expect(await bench.get()).toEqual({ v: N(20) })
    },
  },
  {
    name: 'the attribute of expiry is set and described',
    async run(bench) {
      const table = await bench.createTable({
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      })
      const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true }
      await bench.client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification }))
      const { TimeToLiveDescription } = await bench.client.send(new DescribeTimeToLiveCommand({ TableName: table }))
      expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expires' })
    },
  },
]
