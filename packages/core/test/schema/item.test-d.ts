import { codec, entity, ExactNumber, type Input, type Item, table } from '@keyloom/core'
import { codec as miniCodec } from '@keyloom/core/mini'
import { describe, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import * as mini from 'zod/mini'
import type { InputOf, ItemOf } from '../../src/types/item.js'

const Line = z.object({ sku: z.string(), count: z.number().default(1) })
interface LineInput {
  sku: string
  count?: number | undefined
}
type In<Schema> = InputOf<Schema>

describe('what a put takes', () => {
  test('application values, also behind codecs', () => {
    expectTypeOf<In<z.ZodBigInt>>().toEqualTypeOf<bigint>()
    const schema = z.object({
      date: codec.date(),
      seconds: codec.epochSeconds(),
      millis: codec.epochMillis(),
      decimal: codec.decimal(),
      bytes: codec.bytes(),
      json: codec.json(Line),
      compressed: codec.compressed(z.array(z.string())),
      exact: codec.anyExact(),
      brand: z.string().brand<'Id'>(),
      template: z.templateLiteral(['v', z.number()]),
      bool: z.stringbool(),
    })
    expectTypeOf<In<typeof schema>>().toEqualTypeOf<{
      date: Date
      seconds: Date
      millis: Date
      decimal: string
      bytes: Uint8Array
      json: { sku: string; count: number }
      compressed: string[]
      exact: unknown
      brand: string & z.core.$brand<'Id'>
      template: `v${number}`
      bool: boolean
    }>()
  })

  test('defaults are optional at every depth', () => {
    const schema = z.object({
      list: z.array(Line),
      record: z.record(z.string(), Line),
      partial: z.partialRecord(z.enum(['a', 'b']), Line),
      tuple: z.tuple([z.string(), Line]),
      rest: z.tuple([Line], Line),
      end: z.tuple([z.string(), Line.optional()]),
      union: z.union([z.string(), Line]),
      nullable: Line.nullable(),
      nullish: Line.nullish(),
      readonly: z.array(Line).readonly(),
      lazy: z.lazy(() => Line),
      prefault: z.string().prefault('x'),
      nonoptional: z.nonoptional(Line.optional()),
      both: Line.and(z.object({ more: z.string().default('x') })),
    })
    expectTypeOf<In<typeof schema>>().toEqualTypeOf<{
      list: LineInput[]
      record: Record<string, LineInput>
      partial: Partial<Record<'a' | 'b', LineInput>>
      tuple: [string, LineInput]
      rest: [LineInput, ...LineInput[]]
      end: [string, LineInput?]
      union: string | LineInput
      nullable: LineInput | null
      nullish?: LineInput | null | undefined
      readonly: readonly LineInput[]
      lazy: LineInput
      prefault?: string | undefined
      nonoptional: LineInput
      both: { sku: string; count?: number | undefined; more?: string | undefined }
    }>()
  })

  test('names that the schema has not, where it keeps them', () => {
    const loose = z.looseObject({ a: z.string() })
    expectTypeOf<In<typeof loose>>().toEqualTypeOf<{ [name: string]: unknown; a: string }>()
    const others = z.object({ a: z.number() }).catchall(z.number())
    expectTypeOf<In<typeof others>>().toEqualTypeOf<{ [name: string]: number; a: number }>()
  })

  test('recursive values', () => {
    const Category = z.object({
      name: z.string().default('x'),
      get children() {
        return z.array(Category)
      },
    })
    const value: In<typeof Category> = { children: [{ children: [] }, { name: 'a', children: [] }] }
    // @ts-expect-error another type, deep inside
    const wrong: In<typeof Category> = { children: [{ children: [{ name: 1, children: [] }] }] }
    expectTypeOf(value.children[0]?.children[0]?.name).toEqualTypeOf<string | undefined>()
    expectTypeOf(wrong).toBeObject()
  })

  test('the same with zod/mini', () => {
    const schema = mini.object({
      date: miniCodec.date(),
      bytes: miniCodec.bytes(),
      text: mini._default(mini.string(), 'x'),
      nullable: mini.nullable(mini.string()),
      json: miniCodec.json(mini.array(mini.string())),
    })
    expectTypeOf<In<typeof schema>>().toEqualTypeOf<{
      date: Date
      bytes: Uint8Array
      text?: string | undefined
      nullable: string | null
      json: string[]
    }>()
  })
})

describe('an entity of variants', () => {
  const shop = table('shop', { partitionKey: 'pk', sortKey: 'sk' })
  const Payment = entity('Payment', {
    table: shop,
    schema: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('card'), id: z.string(), last4: z.string() }),
      z.object({ kind: z.literal('cash'), id: z.string(), drawer: z.number().default(1) }),
    ]),
    key: { partitionKey: 'PAYMENT#{id}', sortKey: 'PAYMENT' },
  })

  test('takes and gives each of them', () => {
    expectTypeOf<Item<typeof Payment>>().toEqualTypeOf<
      { kind: 'card'; id: string; last4: string } | { kind: 'cash'; id: string; drawer: number }
    >()
    expectTypeOf<Input<typeof Payment>>().toEqualTypeOf<
      { kind: 'card'; id: string; last4: string } | { kind: 'cash'; id: string; drawer?: number | undefined }
    >()
    Payment.put({ kind: 'cash', id: '1' })
    // @ts-expect-error a card has digits
    Payment.put({ kind: 'card', id: '1' })
  })

  test('an item of nothing that is an object is refused', () => {
    const schema = z.union([z.object({ id: z.string() }), z.object({ id: z.number() })])
    // @ts-expect-error a plain union has no tag
    const options: Parameters<typeof entity>[1]['schema'] = schema
    expectTypeOf(options).toBeObject()
  })
})

test('the item is the output of the schema', () => {
  const schema = z.object({ a: codec.date(), b: z.number().default(1) })
  expectTypeOf<ItemOf<typeof schema>>().toEqualTypeOf<{ a: Date; b: number }>()
  expectTypeOf(new ExactNumber('1.5').value).toEqualTypeOf<string>()
})
