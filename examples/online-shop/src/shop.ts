// The repository layer: what the rest of the application knows of the database. A Lambda makes it once, outside of its handler.
import { between, type Db, gte, lt, lte, type Page } from '@keyloom/core'
import { Address } from './entities/address.js'
import { Cart } from './entities/cart.js'
import { Customer } from './entities/customer.js'
import { OrderLine } from './entities/order-line.js'
import { Order, type OrderKey } from './entities/order.js'
import { Product } from './entities/product.js'
import { Shipment } from './entities/shipment.js'

/** A page of a list, as a web shop asks for it: so many, from where the last page ended. */
export interface PageRequest {
  readonly take: number
  readonly cursor?: string
}

/** An order with its lines. */
export interface OrderWithLines {
  readonly order: Order
  readonly lines: OrderLine[]
}

/** The shop on a connection. None of it scans, and none of it writes a key by hand. */
export function onlineShop(db: Db) {
  const customers = db.for(Customer)
  const addresses = db.for(Address)
  const orders = db.for(Order)
  const orderLines = db.for(OrderLine)
  const products = db.for(Product)
  const carts = db.for(Cart)
  const shipments = db.for(Shipment)

  return {
    customerById: (customerId: string) => customers.get({ customerId }),

    customerByEmail: (email: string) => customers.query.byEmail({ email }).first(),

    /** The key accounts that somebody looks after, by name. */
    customersOfManager: (accountManager: string) => customers.query.byAccountManager({ accountManager }).all(),

    addressesOfCustomer: (customerId: string) => addresses.query({ customerId }).all(),

    /** The newest first. */
    ordersOfCustomer: (customerId: string, page: PageRequest): Promise<Page<Order>> =>
      orders.query({ customerId }, { reverse: true }).page(page),

    ordersOfCustomerBetween: (customerId: string, from: Date, to: Date) =>
      orders.query({ customerId, placedAt: between(from, to) }).all(),

    orderWithLines: async (key: OrderKey): Promise<OrderWithLines | undefined> => {
      const [order, lines] = await Promise.all([orders.get(key), orderLines.query({ orderId: key.orderId }).all()])
      return order && { order, lines }
    },

    ordersByStatus: (status: Order['status'], since: Date) =>
      orders.query.byStatus({ status, placedAt: gte(since) }).all(),

    /** Unpaid orders whose deadline has passed, the longest overdue first. */
    overdueOrders: (payment: Order['payment'], now: Date) => orders.query.unpaid({ payment, payBy: lt(now) }).all(),

    productBySku: (sku: string) => products.get({ sku }),

    /** What can be bought of a category for so many cents at most, the cheapest first. */
    affordableProducts: (category: string, cents: number, quantity: number) =>
      products.query
        .byPrice({ category, price: lte(cents) }, { filter: (product, { gte }) => gte(product.stock, quantity) })
        .all(),

    /** What a warehouse must order anew, the longest waiting first. */
    lowStock: (warehouse: Product['warehouse']) => products.query.lowStock({ warehouse }).all(),

    cartOfCustomer: (customerId: string) => carts.get({ customerId }),

    /** Parcels under way, the most urgent first. */
    openShipments: (carrier: Shipment['carrier']) => shipments.query.underWay({ carrier }).all(),

    shipmentsOfOrder: (orderId: string) => shipments.query({ orderId }).all(),

    /** Marks an order as paid, unless it was paid or cancelled in the meantime. */
    payOrder: (key: OrderKey) =>
      orders.update(key, {
        set: { status: 'paid' },
        remove: ['payBy'],
        condition: (order, { eq }) => eq(order.status, 'pending'),
        returning: 'new',
      }),

    /** Takes pieces out of the stock; there are never fewer than none. */
    reserve: (sku: string, quantity: number) =>
      products.update(
        { sku },
        {
          add: { stock: -quantity },
          condition: (product, { gte }) => gte(product.stock, quantity),
          returning: 'new',
        },
      ),
  }
}

export type OnlineShop = ReturnType<typeof onlineShop>
