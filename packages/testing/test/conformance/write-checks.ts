// What Keyloom relies on in values, conditions and writes of one item.
import { expect } from 'vitest'
import { L, M, N, S, refusal, type Check, type Item } from './bench.js'

const invalid = 'ValidationException'

export const writeChecks: readonly Check[] = [
  {
    name: 'all types come back as they went in',
    async run(bench) {
      const item: Item = {
        s: S('é😀\u0000'),
        nu: N('-12.5'),
        b: { B: new Uint8Array([0, 1, 255]) },
        t: { BOOL: true },
        z: { NULL: true },
        ss: { SS: ['a', 'b'] },
        ns: { NS: ['1', '2.5'] },
        li: L(S('a'), L(), M({})),
        m: M({ 'a.b': S(''), ключ: N(1) }),
      }
      await bench.put(item)
      // The members of sets have no order.
      const { ss, ns, b, ...read } = (await bench.get()) ?? {}
      const { ss: _ss, ns: _ns, b: _b, ...written } = item
      expect(read).toEqual(written)
      expect([ss?.SS?.toSorted(), ns?.NS?.toSorted()]).toEqual([
        ['a', 'b'],
        ['1', '2.5'],
      ])
      expect([...(b?.B ?? [])]).toEqual([0, 1, 255])
    },
  },
  {
    name: 'numbers are normalised',
    async run(bench) {
      for (const [given, stored] of [
        ['01.50', '1.5'],
        ['-0', '0'],
        ['1e3', '1000'],
        ['0.0010', '0.001'],
      ] as const) {
        await bench.put({ v: N(given) })
        expect(await bench.get()).toEqual({ v: N(stored) })
      }
    },
  },
  {
    name: 'numbers hold 38 digits and no more',
    async run(bench) {
      await bench.put({ v: N('9'.repeat(37) + '8') })
      await bench.update('SET v = v + :one', { ':one': N(1) })
      expect(await bench.get()).toEqual({ v: N('9'.repeat(38)) })
      for (const v of ['1'.repeat(39), '1E126', '1E-131', 'NaN', '']) {
        expect(await refusal(bench.put({ v: N(v) })), v).toBe(invalid)
      }
    },
  },
  {
    name: 'empty sets and repeated members are refused',
    async run(bench) {
      expect(await refusal(bench.put({ v: { SS: [] } }))).toBe(invalid)
      expect(await refusal(bench.put({ v: M({ in: { SS: ['a', 'a'] } }) }))).toBe(invalid)
    },
  },
  {
    name: 'items nest 32 levels deep',
    async run(bench) {
      const nested = (levels: number) => {
        let value = S('deep')
        for (let level = 1; level < levels; level += 1) value = L(value)
        return value
      }
      await bench.put({ v: nested(32) })
      expect(await refusal(bench.put({ v: nested(33) }))).toBe(invalid)
    },
  },
  {
    name: 'items are 400 KB at most, to the byte',
    async run(bench) {
      const rest = 'pk'.length + bench.pk.length + 'sk'.length + 'x'.length + 'v'.length
      await bench.put({ v: S('v'.repeat(409_600 - rest)) })
      expect(await refusal(bench.put({ v: S('v'.repeat(409_601 - rest)) }))).toBe(invalid)
    },
  },
  {
    name: 'keys of the table are whole, typed, and not empty',
    async run(bench) {
      for (const wrong of [{ sk: N(1) }, { sk: S('') }, { pk: S('') }]) {
        expect(await refusal(bench.put(wrong)), Object.keys(wrong).join()).toBe(invalid)
      }
      expect(await refusal(bench.get('x', { Key: { pk: S('p') } }))).toBe(invalid)
      expect(await refusal(bench.get('x', { Key: { ...bench.key(), other: S('o') } }))).toBe(invalid)
      expect(await refusal(bench.update('SET sk = :v', { ':v': S('y') }))).toBe(invalid)
    },
  },
  {
    name: 'keys of the table are 2,048 and 1,024 bytes at most',
    async run(bench) {
      await bench.put({ pk: S('é'.repeat(1_024)), sk: S('s'.repeat(1_024)) })
      expect(await refusal(bench.put({ pk: S('p'.repeat(2_049)) }))).toBe(invalid)
      expect(await refusal(bench.put({ sk: S('s'.repeat(1_025)) }))).toBe(invalid)
    },
  },
  {
    name: 'keys of indexes have the right type',
    async run(bench) {
      for (const wrong of [{ g: N(1) }, { g: { NULL: true } as const }, { l: N(1) }, { n: S('1') }]) {
        expect(await refusal(bench.put(wrong)), Object.keys(wrong).join()).toBe(invalid)
      }
      expect(await refusal(bench.update('SET g = :v', { ':v': N(1) }))).toBe(invalid)
    },
  },
  {
    name: 'keys of indexes are not empty',
    async run(bench) {
      expect(await refusal(bench.put({ g: S(''), h: S('h') }))).toBe(invalid)
      expect(await refusal(bench.update('SET g = :v', { ':v': S('') }))).toBe(invalid)
    },
  },
  {
    name: 'keys of indexes are 2,048 and 1,024 bytes at most',
    async run(bench) {
      expect(await refusal(bench.put({ g: S('g'.repeat(2_049)), h: S('h') }))).toBe(invalid)
      expect(await refusal(bench.put({ g: S('g'), h: S('h'.repeat(1_025)) }))).toBe(invalid)
    },
  },
  {
    name: 'a put returns what it replaced',
    async run(bench) {
      expect((await bench.put({ v: N(1) }, { ReturnValues: 'ALL_OLD' })).Attributes).toBeUndefined()
      expect((await bench.put({ v: N(2) }, { ReturnValues: 'ALL_OLD' })).Attributes).toEqual({
        ...bench.key(),
        v: N(1),
      })
      expect(await refusal(bench.put({}, { ReturnValues: 'ALL_NEW' }))).toBe(invalid)
    },
  },
  {
    name: 'a delete returns what it removed, and nothing when nothing was there',
    async run(bench) {
      await bench.put({ v: N(1) })
      expect((await bench.delete({ ReturnValues: 'ALL_OLD' })).Attributes).toEqual({ ...bench.key(), v: N(1) })
      expect((await bench.delete({ ReturnValues: 'ALL_OLD' })).Attributes).toBeUndefined()
    },
  },
  {
    name: 'an update returns old and new, whole or what it touched',
    async run(bench) {
      await bench.put({ a: N(1), b: N(1) })
      const after = async (returns: 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW', v: number) => {
        const sent = await bench.update('SET a = :v', { ':v': N(v) }, { ReturnValues: returns })
        return sent.Attributes
      }
      expect(await after('ALL_OLD', 2)).toEqual({ ...bench.key(), a: N(1), b: N(1) })
      expect(await after('ALL_NEW', 3)).toEqual({ ...bench.key(), a: N(3), b: N(1) })
      expect(await after('UPDATED_OLD', 4)).toEqual({ a: N(3) })
      expect(await after('UPDATED_NEW', 5)).toEqual({ a: N(5) })
    },
  },
  {
    name: 'an update that creates an item returns nothing old',
    async run(bench) {
      const { Attributes } = await bench.update('SET a = :v', { ':v': N(1) }, { ReturnValues: 'ALL_OLD' })
      expect(Attributes).toBeUndefined()
    },
  },
  {
    name: 'a failed condition returns the item where that is asked for',
    async run(bench) {
      await bench.put({ v: N(1) })
      const more = {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      } as const
      const failed = { name: 'ConditionalCheckFailedException', Item: { ...bench.key(), v: N(1) } }
      await expect(bench.put({}, more)).rejects.toMatchObject(failed)
      await expect(bench.delete(more)).rejects.toMatchObject(failed)
      await expect(bench.update('SET v = :v', { ':v': N(2) }, more)).rejects.toMatchObject(failed)
      expect(await bench.get()).toEqual({ v: N(1) })
    },
  },
]
