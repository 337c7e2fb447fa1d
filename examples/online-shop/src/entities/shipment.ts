// Shipments: beside the lines of their order, and found by carrier while they are under way.
import { codec, entity, type Item, ulid } from '@keyloom/core'
import * as z from 'zod'
import { shopTable } from '../table.js'

export const shipmentSchema = z.object({
  orderId: z.string(),
  shipmentId: z.string().default(ulid),
  carrier: z.enum(['DHL', 'La Poste', 'PostNord']),
  parcel: z.string(),
  shippedAt: codec.date(),
  /** When the carrier promised to be there. Only shipments under way have it. */
  dueAt: codec.date().optional(),
  deliveredAt: codec.date().optional(),
})

export const Shipment = entity('Shipment', {
  table: shopTable,
  schema: shipmentSchema,
  key: { partitionKey: 'ORDER#{orderId}', sortKey: 'SHIPMENT#{shipmentId}' },
  indexes: {
    underWay: { index: 'gsi2', partitionKey: 'CARRIER#{carrier}', sortKey: 'SHIPMENT#{dueAt}#{shipmentId}' },
  },
})

export type Shipment = Item<typeof Shipment>
