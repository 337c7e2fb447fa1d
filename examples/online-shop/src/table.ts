// The one table of the shop: every entity lives on it, and its two indexes are shared.
import { table } from '@keyloom/core'

export const shopTable = table('shop', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    // Other ways to look things up: customers by e-mail, orders by status, products by category.
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    // Work to do. Its keys are made of optional attributes, so that only what waits for somebody is in it.
    gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
  },
})
