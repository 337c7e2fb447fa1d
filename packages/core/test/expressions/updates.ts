// Each action of apply with each kind of value: how it is printed, and what the document is like then.
import type { ApplyCallback, Item } from '@keyloom/core'
import { at, type Doc, doc } from './documents.js'

export type DocApply = ApplyCallback<Item<typeof Doc>>

interface Case {
  readonly apply: DocApply
  /** Names and values filled in. */
  readonly text: string
  /** What differs from the document then; `undefined` for what is gone. */
  readonly changed: object
}

const [first, second] = doc.lines
const line = { sku: 'c', quantity: 3 }

export const updates: Readonly<Record<string, Case>> = {
  'set of an attribute': {
    apply: (o, { set }) => [set(o.title, 'New')],
    text: 'SET title = "New"',
    changed: { title: 'New' },
  },
  'set of null': { apply: (o, { set }) => [set(o.subtitle, null)], text: 'SET subtitle = true', changed: {} },
  'set of a path': {
    apply: (o, { set }) => [set(o.address.city, 'Bonn')],
    text: 'SET address.city = "Bonn"',
    changed: { address: { city: 'Bonn', zip: '50667' } },
  },
  'set of a map inside': {
    apply: (o, { set }) => [set(o.address.geo, { latitude: 1, longitude: 2 })],
    text: 'SET address.geo = {"latitude":{"N":"1"},"longitude":{"N":"2"}}',
    changed: { address: { city: 'Köln', zip: '50667', geo: { latitude: 1, longitude: 2 } } },
  },
  'set of an empty set': {
    apply: (o, { set }) => [set(o.tags, new Set())],
    text: 'REMOVE tags',
    changed: { tags: undefined },
  },
  'set of a list position': {
    apply: (o, { set, at }) => [set(at(o.lines, 1), line)],
    text: 'SET lines[1] = {"sku":{"S":"c"},"quantity":{"N":"3"}}',
    changed: { lines: [first, line] },
  },
  'set inside a list': {
    apply: (o, { set, at: position }) => [set(position(o.lines, 1).on, at)],
    text: 'SET lines[1].on = "2026-02-16T10:00:00.000Z"',
    changed: { lines: [first, { ...second, on: at }] },
  },
  'set of a tuple position': {
    apply: (o, { set }) => [set(o.pair[1], 8)],
    text: 'SET pair[1] = "8"',
    changed: { pair: ['p', 8] },
  },
  'set of record entries': {
    apply: (o, { set, at }) => [set(at(o.counters, 'a.b'), 9), set(at(o.people, '#x'), { name: 'X' })],
    text: 'SET counters.a.b = "9", people.#x = {"name":{"S":"X"}}',
    changed: { counters: { ...doc.counters, 'a.b': 9 }, people: { ...doc.people, '#x': { name: 'X' } } },
  },
  'set of a record entry called __proto__': {
    apply: (o, { set, at }) => [set(at(o.counters, '__proto__'), 9)],
    text: 'SET counters.__proto__ = "9"',
    changed: { counters: { ...doc.counters, ['__proto__']: 9 } },
  },
  'set from another field': {
    apply: (o, { set }) => [set(o.pages, o.limit), set(o.limit, o.pages)],
    text: 'SET pages = limit, limit = pages',
    changed: { pages: 20, limit: 12 },
  },
  plus: {
    apply: (o, { set, plus }) => [set(o.pages, plus(o.pages, 5))],
    text: 'SET pages = pages + "5"',
    changed: { pages: 17 },
  },
  'plus of another field': {
    apply: (o, { set, plus }) => [set(o.pages, plus(o.limit, o.pages))],
    text: 'SET pages = limit + pages',
    changed: { pages: 32 },
  },
  'plus of a bigint': {
    apply: (o, { set, plus }) => [set(o.copies, plus(o.copies, 5n))],
    text: 'SET copies = copies + "5"',
    changed: { copies: 8n },
  },
  minus: {
    apply: (o, { set, minus }) => [set(o.pages, minus(o.limit, 5))],
    text: 'SET pages = limit - "5"',
    changed: { pages: 15 },
  },
  ifNotExists: {
    apply: (o, { set, ifNotExists }) => [
      set(o.note, ifNotExists(o.note, 'made')),
      set(o.title, ifNotExists(o.title, 'no')),
    ],
    text: 'SET n = if_not_exists(n, "made"), title = if_not_exists(title, "no")',
    changed: { note: 'made' },
  },
  'ifNotExists of ifNotExists': {
    apply: (o, { set, ifNotExists }) => [set(o.note, ifNotExists(o.note, ifNotExists(o.home.zip, o.title)))],
    text: 'SET n = if_not_exists(n, if_not_exists(h.zip, title))',
    changed: { note: 'Paths' },
  },
  'plus of ifNotExists': {
    apply: (o, { set, plus, ifNotExists }) => [set(o.rating, plus(ifNotExists(o.rating, 0), 1))],
    text: 'SET rating = if_not_exists(rating, "0") + "1"',
    changed: { rating: 1 },
  },
  append: {
    apply: (o, { set, append }) => [set(o.lines, append(o.lines, [line]))],
    text: 'SET lines = list_append(lines, [{"M":{"sku":{"S":"c"},"quantity":{"N":"3"}}}])',
    changed: { lines: [first, second, line] },
  },
  prepend: {
    apply: (o, { set, prepend }) => [set(o.lines, prepend(o.lines, [line]))],
    text: 'SET lines = list_append([{"M":{"sku":{"S":"c"},"quantity":{"N":"3"}}}], lines)',
    changed: { lines: [line, first, second] },
  },
  'append to what is missing': {
    apply: (o, { set, append, ifNotExists }) => [set(o.log, append(ifNotExists(o.log, []), ['x']))],
    text: 'SET log = list_append(if_not_exists(log, []), [{"S":"x"}])',
    changed: { log: ['x'] },
  },
  'append of the list itself': {
    apply: (o, { set, append }) => [set(o.lines, append(o.lines, o.lines))],
    text: 'SET lines = list_append(lines, lines)',
    changed: { lines: [first, second, first, second] },
  },
  addTo: {
    apply: (o, { addTo }) => [addTo(o.tags, ['z', 'x']), addTo(o.days, new Set([new Date(0)]))],
    text: 'ADD tags ["z","x"], days ["1970-01-01T00:00:00.000Z"]',
    changed: { tags: new Set(['x', 'y', 'z']), days: new Set([at, new Date(0)]) },
  },
  deleteFrom: {
    apply: (o, { deleteFrom }) => [deleteFrom(o.tags, new Set(['x', 'nope'])), deleteFrom(o.numbers, [1, 2])],
    text: 'DELETE tags ["x","nope"], numbers ["1","2"]',
    changed: { tags: new Set(['y']), numbers: undefined },
  },
  remove: {
    apply: (o, { remove, at }) => [
      remove(o.address.zip),
      remove(at(o.lines, 0)),
      remove(at(o.counters, '#x')),
      remove(o.copies),
    ],
    text: 'REMOVE address.zip, lines[0], counters.#x, copies',
    changed: {
      address: { city: 'Köln' },
      lines: [second],
      counters: { 'a.b': 1, constructor: 3, plain: 5 },
      copies: undefined,
    },
  },
  merge: {
    apply: (o, { merge }) => [merge(o.address, { zip: '1' }), merge(o.spot, { geo: { latitude: 1 } })],
    text: 'SET address.zip = "1", spot.geo.latitude = "1"',
    changed: { address: { city: 'Köln', zip: '1' }, spot: { geo: { latitude: 1, longitude: 2 } } },
  },
  'merge of computations': {
    apply: (o, { merge, ifNotExists }) => [merge(o.address, { city: o.title, zip: ifNotExists(o.address.zip, '2') })],
    text: 'SET address.city = title, address.zip = if_not_exists(address.zip, "2")',
    changed: { address: { city: 'Paths', zip: '50667' } },
  },
  'merge into records': {
    apply: (o, { merge, plus, at }) => [
      merge(o.counters, { 'a.b': plus(at(o.counters, 'a.b'), 1), fresh: 1 }),
      merge(o.people, { bob: { name: 'Bob' } }),
    ],
    text: 'SET counters.a.b = counters.a.b + "1", counters.fresh = "1", people.bob = {"name":{"S":"Bob"}}',
    changed: { counters: { ...doc.counters, 'a.b': 2, fresh: 1 }, people: { ...doc.people, bob: { name: 'Bob' } } },
  },
  'all actions at once': {
    apply: (o, { set, addTo, deleteFrom, remove }) => [
      addTo(o.tags, ['z']),
      remove(o.copies),
      set(o.title, 'New'),
      deleteFrom(o.numbers, [1]),
      set(o.pages, 1),
    ],
    text: 'SET title = "New", pages = "1" REMOVE copies ADD tags ["z"] DELETE numbers ["1"]',
    changed: { title: 'New', pages: 1, copies: undefined, tags: new Set(['x', 'y', 'z']), numbers: new Set([2]) },
  },
}
