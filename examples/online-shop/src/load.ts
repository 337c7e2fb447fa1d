// Loads the sample data through the entities: what they refuse can't get into the table.
import type { Db, Operation } from '@keyloom/core'
import type { ShopData } from './data/shop-data.js'
import { Address } from './entities/address.js'
import { Cart } from './entities/cart.js'
import { Customer } from './entities/customer.js'
import { OrderLine } from './entities/order-line.js'
import { Order } from './entities/order.js'
import { Product } from './entities/product.js'
import { Shipment } from './entities/shipment.js'

/** A put for every item. Operations are values: nothing is sent yet. */
export function putsOf(data: ShopData): Operation<unknown>[] {
  return [
    ...data.customers.map((customer) => Customer.put(customer)),
    ...data.addresses.map((address) => Address.put(address)),
    ...data.products.map((product) => Product.put(product)),
    ...data.orders.map((order) => Order.put(order)),
    ...data.orderLines.map((line) => OrderLine.put(line)),
    ...data.carts.map((cart) => Cart.put(cart)),
    ...data.shipments.map((shipment) => Shipment.put(shipment)),
  ]
}

/** Runs operations, so many at a time, and reports each one that is done. */
export async function runAll(
  db: Db,
  operations: readonly Operation<unknown>[],
  onDone: () => void = () => undefined,
): Promise<void> {
  const queue = operations.values()
  const work = async (): Promise<void> => {
    // All workers draw from the one iterator.
    for (const operation of queue) {
      await db.run(operation)
      onDone()
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
}

const workers = 32
