// Each operator with each kind of operand: how it is printed, and whether it holds for the document.
import type { ConditionCallback, Item } from '@keyloom/core'
import { at, type Doc } from './documents.js'

export type DocCondition = ConditionCallback<Item<typeof Doc>>

interface Case {
  readonly condition: DocCondition
  /** Names and values filled in. */
  readonly text: string
  readonly holds: boolean
}

export const cases: Readonly<Record<string, Case>> = {
  eq: { condition: (o, { eq }) => eq(o.title, 'Paths'), text: 'title = "Paths"', holds: true },
  'eq of null': { condition: (o, { eq }) => eq(o.subtitle, null), text: 'subtitle = true', holds: true },
  'eq of a map': {
    condition: (o, { eq }) => eq(o.address, { city: 'Köln', zip: '50667' }),
    text: 'address = {"city":{"S":"Köln"},"zip":{"S":"50667"}}',
    holds: true,
  },
  'eq of a set': { condition: (o, { eq }) => eq(o.tags, new Set(['y', 'x'])), text: 'tags = ["y","x"]', holds: true },
  'eq of a bigint': { condition: (o, { eq }) => eq(o.copies, 3n), text: 'copies = "3"', holds: true },
  'eq of another field': { condition: (o, { eq }) => eq(o.pages, o.limit), text: 'pages = limit', holds: false },
  'eq of a nullable field': {
    condition: (o, { ne }) => ne(o.title, o.subtitle),
    text: 'title <> subtitle',
    holds: true,
  },
  ne: { condition: (o, { ne }) => ne(o.draft, true), text: 'draft <> true', holds: true },
  'ne of what is missing': { condition: (o, { ne }) => ne(o.rating, 1), text: 'rating <> "1"', holds: true },
  lt: { condition: (o, { lt }) => lt(o.pages, 13), text: 'pages < "13"', holds: true },
  'lt of another field': { condition: (o, { lt }) => lt(o.pages, o.limit), text: 'pages < limit', holds: true },
  lte: { condition: (o, { lte }) => lte(o.at, at), text: 'at <= "2026-02-16T10:00:00.000Z"', holds: true },
  gt: { condition: (o, { gt }) => gt(o.pages, 12), text: 'pages > "12"', holds: false },
  'gt of what its schema refuses': { condition: (o, { gt }) => gt(o.rating, -1), text: 'rating > "-1"', holds: false },
  gte: { condition: (o, { gte }) => gte(o.pages, 12), text: 'pages >= "12"', holds: true },
  between: {
    condition: (o, { between }) => between(o.pages, 1, o.limit),
    text: 'pages BETWEEN "1" AND limit',
    holds: true,
  },
  in: {
    condition: (o, { in: isIn }) => isIn(o.title, ['Roads', 'Paths']),
    text: 'title IN ("Roads", "Paths")',
    holds: true,
  },
  'in with a field': {
    condition: (o, { in: isIn }) => isIn(o.pages, [1, o.limit]),
    text: 'pages IN ("1", limit)',
    holds: false,
  },
  beginsWith: {
    condition: (o, { beginsWith }) => beginsWith(o.title, 'Pa'),
    text: 'begins_with(title, "Pa")',
    holds: true,
  },
  'beginsWith of another field': {
    condition: (o, { beginsWith }) => beginsWith(o.title, o['a.b']),
    text: 'begins_with(title, a.b)',
    holds: false,
  },
  'beginsWith of bytes': {
    condition: (o, { beginsWith }) => beginsWith(o.cover, new Uint8Array([1, 2])),
    text: 'begins_with(cover, {"0":1,"1":2})',
    holds: true,
  },
  'contains in a text': {
    condition: (o, { contains }) => contains(o.title, 'at'),
    text: 'contains(title, "at")',
    holds: true,
  },
  'contains in a set': {
    condition: (o, { contains }) => contains(o.tags, 'x'),
    text: 'contains(tags, "x")',
    holds: true,
  },
  'contains in a set of codecs': {
    condition: (o, { contains }) => contains(o.days, at),
    text: 'contains(days, "2026-02-16T10:00:00.000Z")',
    holds: true,
  },
  'contains in a list': {
    condition: (o, { contains }) => contains(o.lines, { sku: 'b', quantity: 2 }),
    text: 'contains(lines, {"sku":{"S":"b"},"quantity":{"N":"2"}})',
    holds: true,
  },
  'contains in a tuple': {
    condition: (o, { contains }) => contains(o.pair, 7),
    text: 'contains(pair, "7")',
    holds: true,
  },
  'contains another field': {
    condition: (o, { contains }) => contains(o.tags, o.title),
    text: 'contains(tags, title)',
    holds: false,
  },
  exists: { condition: (o, { exists }) => exists(o.note), text: 'attribute_exists(n)', holds: false },
  notExists: {
    condition: (o, { notExists }) => notExists(o.home.zip),
    text: 'attribute_not_exists(h.zip)',
    holds: true,
  },
  'exists of the whole item': { condition: (o, { exists }) => exists(o), text: 'attribute_exists(pk)', holds: true },
  type: { condition: (o, { type }) => type(o.subtitle, 'NULL'), text: 'attribute_type(subtitle, "NULL")', holds: true },
  'size of a set': { condition: (o, { eq, size }) => eq(size(o.tags), 2), text: 'size(tags) = "2"', holds: true },
  'size of a text': { condition: (o, { gt, size }) => gt(size(o.title), 5), text: 'size(title) > "5"', holds: false },
  'size between': {
    condition: (o, { between, size }) => between(size(o.lines), 1, 2),
    text: 'size(lines) BETWEEN "1" AND "2"',
    holds: true,
  },
  'size in': {
    condition: (o, { in: isIn, size }) => isIn(size(o.counters), [4]),
    text: 'size(counters) IN ("4")',
    holds: true,
  },
  'size of what another field says': {
    condition: (o, { lt, size }) => lt(size(o.lines), o.pages),
    text: 'size(lines) < pages',
    holds: true,
  },
  'a field and a size': {
    condition: (o, { gt, size }) => gt(o.pages, size(o.tags)),
    text: 'pages > size(tags)',
    holds: true,
  },
  'a path': { condition: (o, { eq }) => eq(o.address.city, 'Köln'), text: 'address.city = "Köln"', holds: true },
  'a path that is missing': {
    condition: (o, { gt }) => gt(o.address.geo.latitude, 1),
    text: 'address.geo.latitude > "1"',
    holds: false,
  },
  'a list position': {
    condition: (o, { eq, at }) => eq(at(o.lines, 1).sku, 'b'),
    text: 'lines[1].sku = "b"',
    holds: true,
  },
  'a list position by index': {
    condition: (o, { eq }) => eq(o.lines[1]!.sku, 'b'),
    text: 'lines[1].sku = "b"',
    holds: true,
  },
  'a codec in a list': {
    condition: (o, { eq }) => eq(o.lines[0]!.on, at),
    text: 'lines[0].on = "2026-02-16T10:00:00.000Z"',
    holds: true,
  },
  'a tuple position': { condition: (o, { eq }) => eq(o.pair[1], 7), text: 'pair[1] = "7"', holds: true },
  'a record entry': {
    condition: (o, { eq, at }) => eq(at(o.people, 'ada').age, 36),
    text: 'people.ada.age = "36"',
    holds: true,
  },
  'an entry called a.b': {
    condition: (o, { eq, at }) => eq(at(o.counters, 'a.b'), 1),
    text: 'counters.a.b = "1"',
    holds: true,
  },
  'an entry called #x': {
    condition: (o, { eq, at }) => eq(at(o.counters, '#x'), 2),
    text: 'counters.#x = "2"',
    holds: true,
  },
  'an entry called constructor': {
    condition: (o, { eq, at }) => eq(at(o.counters, 'constructor'), 3),
    text: 'counters.constructor = "3"',
    holds: true,
  },
  'an entry called __proto__': {
    condition: (o, { eq, at }) => eq(at(o.counters, '__proto__'), 4),
    text: 'counters.__proto__ = "4"',
    holds: false,
  },
  'attributes of such names': {
    condition: (o, { and, eq }) => and(eq(o['a.b'], 'dotted'), eq(o['#x'], 'hash'), eq(o['constructor'], 'made')),
    text: '(a.b = "dotted") AND (#x = "hash") AND (constructor = "made")',
    holds: true,
  },
  and: {
    condition: (o, { and, eq }) => and([eq(o.pages, 12)], eq(o.limit, 20)),
    text: '(pages = "12") AND (limit = "20")',
    holds: true,
  },
  or: {
    condition: (o, { or, eq }) => or([eq(o.pages, 1), eq(o.limit, 20)]),
    text: '(pages = "1") OR (limit = "20")',
    holds: true,
  },
  'a junction of one in a junction of one': {
    condition: (o, { and, or, not, eq }) => not(and([or(eq(o.pages, 1))])),
    text: 'NOT (pages = "1")',
    holds: true,
  },
  'or in and': {
    condition: (o, { and, or, eq, exists }) => and(or(eq(o.pages, 1), exists(o.tags)), eq(o.limit, 20)),
    text: '((pages = "1") OR (attribute_exists(tags))) AND (limit = "20")',
    holds: true,
  },
  raw: { condition: (o, { raw }) => raw`size(${o.title}) < ${o.limit}`, text: 'size(title) < limit', holds: true },
  'raw in and': {
    condition: (o, { raw, and, eq }) => and(raw`${o.pages} = ${1} OR ${o.limit} = ${20}`, eq(o.draft, false)),
    text: '(pages = "1" OR limit = "20") AND (draft = false)',
    holds: true,
  },
  'raw that comes in parentheses': {
    condition: (o, { raw, not }) => not(raw`( (${o.pages} = ${12n}) )`),
    text: 'NOT (pages = "12")',
    holds: false,
  },
  'a condition in raw': {
    condition: (o, { raw, eq }) => raw`NOT (${eq(o.pages, 1)}) AND ${eq(o.limit, 20)}`,
    text: 'NOT (pages = "1") AND (limit = "20")',
    holds: true,
  },
}
