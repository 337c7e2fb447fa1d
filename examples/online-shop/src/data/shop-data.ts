// The sample data: what it consists of, and the files that it is kept in.
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { addressSchema } from '../entities/address.js'
import { cartSchema } from '../entities/cart.js'
import { customerSchema } from '../entities/customer.js'
import { orderLineSchema } from '../entities/order-line.js'
import { orderSchema } from '../entities/order.js'
import { productSchema } from '../entities/product.js'
import { shipmentSchema } from '../entities/shipment.js'

export const shopDataSchema = z.object({
  customers: z.array(customerSchema),
  addresses: z.array(addressSchema),
  products: z.array(productSchema),
  orders: z.array(orderSchema),
  orderLines: z.array(orderLineSchema),
  carts: z.array(cartSchema),
  shipments: z.array(shipmentSchema),
})

export type ShopData = z.output<typeof shopDataSchema>

/** The moment at which the sample data was taken: its orders are from the two years before. */
export const today = new Date('2026-11-01T08:00:00.000Z')

const files = shopDataSchema.keyof().options

/** Reads the committed data. The entities' own schemas turn its text into application values. */
export async function readShopData(): Promise<ShopData> {
  const contents = await Promise.all(
    files.map(async (name): Promise<[string, unknown]> => [name, JSON.parse(await readFile(fileOf(name), 'utf8'))]),
  )
  return shopDataSchema.parse(Object.fromEntries(contents))
}

/** The files and their texts: JSON with a line for each item. */
export function textsOf(data: ShopData): { readonly file: URL; readonly text: string }[] {
  return files.map((name) => ({
    file: fileOf(name),
    text: `[\n${data[name].map((item) => JSON.stringify(item)).join(',\n')}\n]\n`,
  }))
}

/** `orderLines` are in `order-lines.json`. */
function fileOf(name: keyof ShopData): URL {
  const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return new URL(`../../data/${kebab}.json`, import.meta.url)
}
