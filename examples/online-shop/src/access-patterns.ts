// The fifteen questions that the shop asks its table, each with the call that answers it and a sample to ask it with.
import { today } from './data/shop-data.js'
import type { OnlineShop } from './shop.js'

/** A line of a printed table: texts by column. */
export type Row = Readonly<Record<string, string>>

/** What a pattern answered: the items, and the same as lines to print. */
export interface Answer {
  readonly items: readonly object[]
  readonly rows: readonly Row[]
}

/** The functions of the shop that ask; the others write. */
export type PatternName = Exclude<keyof OnlineShop, 'payOrder' | 'reserve'>

/** A named question. */
export interface AccessPattern {
  readonly name: PatternName
  readonly question: string
  /** The call of the mapper that answers it, as `shop.ts` has it. */
  readonly call: string
  readonly run: (shop: OnlineShop) => Promise<Answer>
}

/** What the samples ask for; tests work out the answers from the same. */
export const sample = {
  customerId: 'C-0002',
  email: 'hanako.kato.2@tegami.example',
  accountManager: 'Zoë Müller-Lüdenscheidt',
  order: { customerId: 'C-0002', placedAt: new Date('2026-10-08T16:50:03.000Z'), orderId: 'O-2026-00347' },
  from: new Date('2025-06-01T00:00:00.000Z'),
  to: new Date('2025-12-31T23:59:59.999Z'),
  lastWeek: new Date('2026-10-25T00:00:00.000Z'),
  now: today,
  payment: 'card',
  sku: 'COM-001',
  category: 'Café & Thé',
  cents: 1500,
  quantity: 10,
  warehouse: 'Nürnberg',
  carrier: 'La Poste',
} as const

export const accessPatterns: readonly AccessPattern[] = [
  pattern('customerById', {
    question: 'A customer by id',
    call: 'customers.get({ customerId })',
    read: async (shop) => present(await shop.customerById(sample.customerId)),
    row: ({ customerId, name, email, registeredAt }) => ({ customerId, name, email, since: day(registeredAt) }),
  }),
  pattern('customerByEmail', {
    question: 'A customer by e-mail address',
    call: 'customers.query.byEmail({ email }).first()',
    read: async (shop) => present(await shop.customerByEmail(sample.email)),
    row: ({ email, customerId, name, country }) => ({ email, customerId, name, country }),
  }),
  pattern('customersOfManager', {
    question: 'The key accounts of an account manager, by name',
    call: 'customers.query.byAccountManager({ accountManager })',
    read: (shop) => shop.customersOfManager(sample.accountManager),
    row: ({ name, customerId, country, email }) => ({ name, customerId, country, email }),
  }),
  pattern('addressesOfCustomer', {
    question: 'The address book of a customer',
    call: 'addresses.query({ customerId })',
    read: (shop) => shop.addressesOfCustomer(sample.customerId),
    row: ({ label, street, postcode, city, country }) => ({ label, street, city: `${postcode} ${city}`, country }),
  }),
  pattern('ordersOfCustomer', {
    question: 'The latest orders of a customer, the newest first',
    call: 'orders.query({ customerId }, { reverse: true }).page({ take: 10 })',
    read: async (shop) => (await shop.ordersOfCustomer(sample.customerId, { take: 10 })).items,
    row: ({ placedAt, orderId, status, total }) => ({ placed: minute(placedAt), orderId, status, total: euros(total) }),
  }),
  pattern('ordersOfCustomerBetween', {
    question: 'The orders of a customer between two dates',
    call: 'orders.query({ customerId, placedAt: between(from, to) })',
    read: (shop) => shop.ordersOfCustomerBetween(sample.customerId, sample.from, sample.to),
    row: ({ placedAt, orderId, status, total }) => ({ placed: minute(placedAt), orderId, status, total: euros(total) }),
  }),
  pattern('orderWithLines', {
    question: 'An order with its lines',
    call: 'orders.get(key) and orderLines.query({ orderId }), side by side',
    read: async (shop) => {
      const found = await shop.orderWithLines(sample.order)
      return found === undefined ? [] : [found.order, ...found.lines]
    },
    row: (item) =>
      'line' in item
        ? { what: `line ${item.line}`, goods: item.name, quantity: `${item.quantity}`, each: euros(item.unitPrice) }
        : { what: item.orderId, goods: `to ${item.shipTo.city}`, quantity: '', each: '', total: euros(item.total) },
  }),
  pattern('ordersByStatus', {
    question: 'The paid orders since a date, to be packed',
    call: 'orders.query.byStatus({ status, placedAt: gte(since) })',
    read: (shop) => shop.ordersByStatus('paid', sample.lastWeek),
    row: ({ placedAt, orderId, shipTo, total }) => ({
      placed: minute(placedAt),
      orderId,
      to: `${shipTo.recipient}, ${shipTo.city}`,
      total: euros(total),
    }),
  }),
  pattern('overdueOrders', {
    question: 'The unpaid orders whose deadline has passed',
    call: 'orders.query.unpaid({ payment, payBy: lt(now) })',
    read: (shop) => shop.overdueOrders(sample.payment, sample.now),
    row: ({ payBy, orderId, customerId, total }) => ({
      payBy: minute(payBy),
      orderId,
      customerId,
      total: euros(total),
    }),
  }),
  pattern('productBySku', {
    question: 'A product by its number',
    call: 'products.get({ sku })',
    read: async (shop) => present(await shop.productBySku(sample.sku)),
    row: ({ sku, name, category, price, stock }) => ({ sku, name, category, price: euros(price), stock: `${stock}` }),
  }),
  pattern('affordableProducts', {
    question: 'The products of a category up to a price, in stock, the cheapest first',
    call: 'products.query.byPrice({ category, price: lte(cents) }, { filter: (p, { gte }) => gte(p.stock, 10) })',
    read: (shop) => shop.affordableProducts(sample.category, sample.cents, sample.quantity),
    row: ({ price, sku, name, stock }) => ({ price: euros(price), sku, name, stock: `${stock}` }),
  }),
  pattern('lowStock', {
    question: 'What a warehouse must order anew, the longest waiting first',
    call: 'products.query.lowStock({ warehouse })',
    read: (shop) => shop.lowStock(sample.warehouse),
    row: ({ lowSince, sku, name, stock }) => ({
      lowSince: day(lowSince),
      sku,
      name,
      stock: `${stock}`,
    }),
  }),
  pattern('cartOfCustomer', {
    question: 'The cart of a customer',
    call: 'carts.get({ customerId })',
    read: async (shop) => present(await shop.cartOfCustomer(sample.customerId)),
    row: ({ customerId, lines, updatedAt }) => ({
      customerId,
      lines: lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', '),
      updated: minute(updatedAt),
    }),
  }),
  pattern('openShipments', {
    question: 'The parcels that a carrier has under way, the most urgent first',
    call: 'shipments.query.underWay({ carrier })',
    read: (shop) => shop.openShipments(sample.carrier),
    row: ({ dueAt, shipmentId, parcel, shippedAt }) => ({
      due: minute(dueAt),
      shipmentId,
      parcel,
      shipped: minute(shippedAt),
    }),
  }),
  pattern('shipmentsOfOrder', {
    question: 'The shipments of an order',
    call: 'shipments.query({ orderId })',
    read: (shop) => shop.shipmentsOfOrder(sample.order.orderId),
    row: ({ shipmentId, carrier, parcel, shippedAt, deliveredAt }) => ({
      shipmentId,
      carrier,
      parcel,
      shipped: day(shippedAt),
      delivered: day(deliveredAt),
    }),
  }),
]

interface PatternOptions<Item extends object> {
  readonly question: string
  readonly call: string
  readonly read: (shop: OnlineShop) => Promise<readonly Item[]>
  readonly row: (item: Item) => Row
}

function pattern<Item extends object>(
  name: PatternName,
  { question, call, read, row }: PatternOptions<Item>,
): AccessPattern {
  const run = async (shop: OnlineShop): Promise<Answer> => {
    const items = await read(shop)
    return { items, rows: items.map(row) }
  }
  return { name, question, call, run }
}

function present<Item>(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item]
}

function day(date: Date | undefined): string {
  return date?.toISOString().slice(0, 10) ?? ''
}

function minute(date: Date | undefined): string {
  return date?.toISOString().slice(0, 16).replace('T', ' ') ?? ''
}

function euros(cents: number): string {
  return `€ ${(cents / 100).toFixed(2)}`
}
