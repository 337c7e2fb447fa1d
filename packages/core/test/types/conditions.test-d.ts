import {
  codec,
  type Condition,
  type ConditionCallback,
  entity,
  type Field,
  type Fields,
  type Item,
  type Operators,
  table,
} from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import * as z from 'zod'

const library = table('library', {
  partitionKey: 'id',
  indexes: {
    byStatus: { partitionKey: 'status', sortKey: { name: 'pages', type: 'number' } },
    byPages: { sortKey: { name: 'pages', type: 'number' } },
  },
})

const Doc = entity('Doc', {
  table: library,
  schema: z.object({
    id: z.string(),
    status: z.enum(['draft', 'done']),
    pages: z.number(),
    limit: z.number(),
    copies: z.bigint().optional(),
    subtitle: z.string().nullable(),
    urgent: z.boolean(),
    at: codec.date(),
    cover: codec.bytes(),
    tags: z.set(z.string()).optional(),
    lines: z.array(z.object({ sku: z.string(), on: codec.date().optional() })),
    pair: z.tuple([z.string(), z.number()]),
    address: z.object({ city: z.string(), geo: z.object({ latitude: z.number() }).nullable() }),
    counters: z.record(z.string(), z.number()),
    anything: z.unknown(),
  }),
  key: { partitionKey: '{id}' },
  indexes: {
    byStatus: { index: 'byStatus', partitionKey: '{status}', sortKey: '{pages}' },
    byPages: { index: 'byPages', sortKey: '{pages}' },
  },
})
type Doc = Item<typeof Doc>

const where = (condition: ConditionCallback<Doc>) => Doc.delete({ id: 'd' }, { condition })
const now = new Date(0)

describe('operators', () => {
  test('take values and fields of the type of their field', () => {
    where((o, { eq }) => eq(o.status, 'done'))
    where((o, { eq }) => eq(o.subtitle, null))
    where((o, { eq }) => eq(o.pages, o.limit))
    where((o, { eq }) => eq(o.subtitle, o.status))
    where((o, { lt }) => lt(o.at, now))
    where((o, { gt }) => gt(o.subtitle, 'a'))
    where((o, { between }) => between(o.pages, 1, o.limit))
    where((o, { in: isIn }) => isIn(o.status, ['done', 'draft']))
    where((o, { beginsWith }) => beginsWith(o.status, 'd'))
    where((o, { beginsWith }) => beginsWith(o.cover, new Uint8Array()))
    where((o, { contains }) => contains(o.tags, 'x'))
    where((o, { contains }) => contains(o.subtitle, 'x'))
    where((o, { contains }) => contains(o.lines, { sku: 'a' }))
    where((o, { contains }) => contains(o.pair, 1))
    where((o, { type }) => type(o.anything, 'NULL'))
    where((o, { gt, size }) => gt(size(o.tags), 2))
    where((o, { between, size }) => between(size(o.lines), 1, o.limit))
    where((o, { eq, size }) => eq(o.pages, size(o.counters)))
    where((o, { eq }) => eq(o.anything, { any: 'thing' }))
    where((o, { raw }) => raw`${o.pages} = ${1}`)
  })

  test('reach into maps, lists and records', () => {
    where((o, { eq }) => eq(o.address.geo.latitude, 1))
    where((o, { eq }) => eq(o.address.geo, null))
    where((o, { eq, at }) => eq(at(o.lines, 0).sku, 'a'))
    where((o, { lt, at }) => lt(at(o.lines, 0).on, now))
    where((o, { eq }) => eq(o.pair[1], 7))
    where((o, { eq, at }) => eq(at(o.counters, 'a.b'), 1))
  })

  test('what must not compile', () => {
    // @ts-expect-error another type
    where((o, { eq }) => eq(o.pages, '1'))
    // @ts-expect-error an operator out of JSON
    where((o, { eq }) => eq(o.status, { $ne: null }))
    // @ts-expect-error another value
    where((o, { eq }) => eq(o.status, 'lost'))
    // @ts-expect-error null where the schema has none
    where((o, { eq }) => eq(o.pages, null))
    // @ts-expect-error undefined
    where((o, { eq }) => eq(o.subtitle, undefined))
    // @ts-expect-error a field of another type
    where((o, { eq }) => eq(o.pages, o.status))
    // @ts-expect-error booleans have no order
    where((o, { lt }) => lt(o.urgent, true))
    // @ts-expect-error sets have no order
    where((o, { lt }) => lt(o.tags, new Set('x')))
    // @ts-expect-error null has no order
    where((o, { lt }) => lt(o.subtitle, null))
    // @ts-expect-error one of the values has another type
    where((o, { in: isIn }) => isIn(o.pages, [1, '2']))
    // @ts-expect-error a prefix of a number
    where((o, { beginsWith }) => beginsWith(o.pages, '1'))
    // @ts-expect-error another member
    where((o, { contains }) => contains(o.tags, 1))
    // @ts-expect-error numbers contain nothing
    where((o, { contains }) => contains(o.pages, 1))
    // @ts-expect-error no type of DynamoDB
    where((o, { type }) => type(o.pages, 'string'))
    // @ts-expect-error numbers have no size
    where((o, { eq, size }) => eq(size(o.pages), 1))
    // @ts-expect-error a size is a number
    where((o, { eq, size }) => eq(size(o.tags), '1'))
    // @ts-expect-error a size is not there or absent
    where((o, { exists, size }) => exists(size(o.tags)))
    // @ts-expect-error text for a position
    where((o, { exists, at }) => exists(at(o.lines, 'first')))
    // @ts-expect-error no such position
    where((o, { eq }) => eq(o.pair[2], 7))
    // @ts-expect-error no such attribute
    where((o, { eq }) => eq(o.address.town, 'x'))
    // @ts-expect-error a condition that may have vanished
    where((o, { and, eq }) => and(eq(o.pages, 1), undefined))
    // @ts-expect-error text is no template
    where((_, { raw }) => raw('attribute_exists(pk)'))
  })
})

describe('filters', () => {
  test("can't name the key attributes of the index that is queried", () => {
    Doc.query({ id: 'd' }, { filter: (o, { eq }) => eq(o.pages, 1) })
    Doc.query.byStatus({ status: 'done' }, { filter: (o, { eq }) => eq(o.id, 'd') })
    // @ts-expect-error the partition key of the table
    Doc.query({ id: 'd' }, { filter: (o, { eq }) => eq(o.id, 'd') })
    // @ts-expect-error the partition key of the index
    Doc.query.byStatus({ status: 'done' }, { filter: (o, { eq }) => eq(o.status, 'done') })
    // @ts-expect-error its sort key
    Doc.query.byStatus({ status: 'done' }, { filter: (o, { eq }) => eq(o.pages, 1) })
    // @ts-expect-error the partition key of a local index
    Doc.query.byPages({ id: 'd' }, { filter: (o, { eq }) => eq(o.id, 'd') })
  })
})

describe('conditions made at run time', () => {
  test('by functions', () => {
    const isLong = (o: Fields<Doc>, { gt, size }: Operators): Condition => gt(size(o.lines), 10)
    where((o, operators) => operators.and(isLong(o, operators), operators.eq(o.status, 'done')))
    expectTypeOf(isLong).toExtend<ConditionCallback<Doc>>()
  })

  test('from the names, operators and values that a user chose', () => {
    interface Rule {
      readonly field: 'status' | 'pages' | 'at'
      readonly operator: 'eq' | 'ne' | 'lt' | 'gte'
      readonly value: string | number | Date
    }
    const filterOf =
      (rules: readonly Rule[]): ConditionCallback<Doc> =>
      (o, operators) =>
        operators.or(
          rules.map(({ field, operator, value }) => {
            const chosen: Field<string | number | Date> = o[field]
            const compare: Operators['lt'] = operators[operator]
            return compare(chosen, value)
          }),
        )
    Doc.query({ id: 'd' }, { filter: (o, { not, eq }) => not(eq(o.urgent, true)) })
    where(filterOf([{ field: 'pages', operator: 'gte', value: 2 }]))
  })
})
