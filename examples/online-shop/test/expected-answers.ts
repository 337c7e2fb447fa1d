// The answers of the access patterns, worked out from the data in memory: no key, no index, no mapper.
import { type PatternName, sample } from '../src/access-patterns.js'
import type { ShopData } from '../src/data/shop-data.js'

export function expectedAnswers(data: ShopData): Record<PatternName, readonly object[]> {
  const ordersOfCustomer = data.orders
    .filter(({ customerId }) => customerId === sample.customerId)
    .sort(by(({ placedAt }) => placedAt.toISOString()))
  const { orderId } = sample.order
  return {
    customerById: data.customers.filter(({ customerId }) => customerId === sample.customerId),
    customerByEmail: data.customers.filter(({ email }) => email === sample.email),
    customersOfManager: data.customers
      .filter(({ accountManager }) => accountManager === sample.accountManager)
      .sort(by(({ name }) => name)),
    addressesOfCustomer: data.addresses
      .filter(({ customerId }) => customerId === sample.customerId)
      .sort(by(({ label }) => label)),
    ordersOfCustomer: ordersOfCustomer.toReversed().slice(0, 10),
    ordersOfCustomerBetween: ordersOfCustomer.filter(
      ({ placedAt }) => placedAt >= sample.from && placedAt <= sample.to,
    ),
    orderWithLines: [
      ...data.orders.filter((order) => order.orderId === orderId),
      ...data.orderLines.filter((line) => line.orderId === orderId).sort((one, other) => one.line - other.line),
    ],
    ordersByStatus: data.orders
      .filter(({ status, placedAt }) => status === 'paid' && placedAt >= sample.lastWeek)
      .sort(by(({ placedAt }) => placedAt.toISOString())),
    overdueOrders: data.orders
      .filter(({ status, payment }) => status === 'pending' && payment === sample.payment)
      .filter(({ payBy }) => payBy !== undefined && payBy < sample.now)
      .sort(by(({ payBy }) => payBy?.toISOString() ?? '')),
    productBySku: data.products.filter(({ sku }) => sku === sample.sku),
    affordableProducts: data.products
      .filter(({ category, price }) => category === sample.category && price <= sample.cents)
      .filter(({ stock }) => stock >= sample.quantity)
      .sort((one, other) => one.price - other.price || by<typeof one>(({ sku }) => sku)(one, other)),
    lowStock: data.products
      .filter(({ stock, warehouse }) => stock < 5 && warehouse === sample.warehouse)
      .sort(by(({ lowSince }) => lowSince?.toISOString() ?? '')),
    cartOfCustomer: data.carts.filter(({ customerId }) => customerId === sample.customerId),
    openShipments: data.shipments
      .filter(({ carrier, deliveredAt }) => carrier === sample.carrier && deliveredAt === undefined)
      .sort(by(({ dueAt }) => dueAt?.toISOString() ?? '')),
    shipmentsOfOrder: data.shipments
      .filter((shipment) => shipment.orderId === orderId)
      .sort(by(({ shipmentId }) => shipmentId)),
  }
}

/** DynamoDB's order of texts: by their UTF-8 bytes. */
function by<Item>(textOf: (item: Item) => string) {
  return (one: Item, other: Item): number => Buffer.compare(Buffer.from(textOf(one)), Buffer.from(textOf(other)))
}
