// Two customers want the last piece at the same moment: one gets it, the other is told why not.
import assert from 'node:assert/strict'
import { connect, isError } from '@keyloom/core'
import { describeExchange } from '../demo/describe-exchange.js'
import { onlineShop } from '../shop.js'
import type { Demonstration } from './demonstration.js'

const sku = 'COM-014'

export const lostRace: Demonstration = {
  title: 'A lost race is refused by a condition',
  async run({ client, tableName, recorder, screen }) {
    const shop = onlineShop(connect({ client, tables: { shop: tableName } }))
    const before = await shop.productBySku(sku)
    assert.equal(before?.stock, 1)

    recorder.take()
    const attempts = await Promise.allSettled([shop.reserve(sku, 1), shop.reserve(sku, 1)])
    const [update] = recorder.take()
    assert.ok(update)
    const after = await shop.productBySku(sku)

    screen.details([`shop.reserve('${sku}', 1) by two workers at once: ${before.name}`, ...describeExchange(update)])
    screen.print()
    screen.table([
      { who: 'before', stock: '1', outcome: '' },
      ...attempts.map((attempt, index) => {
        const who = `worker ${index + 1}`
        if (attempt.status === 'fulfilled') return { who, stock: `${attempt.value.stock}`, outcome: 'reserved' }
        assert.ok(isError(attempt.reason, 'condition-failed'))
        const { name, reason, item } = attempt.reason
        // The stored item comes with the refusal: no second read.
        assert.deepEqual(item, after)
        return { who, stock: `${after?.stock ?? ''}`, outcome: `${name}, reason: '${reason}'` }
      }),
      { who: 'after', stock: `${after?.stock ?? ''}`, outcome: '' },
    ])

    screen.print()
    assert.deepEqual(attempts.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    screen.check('one of the two got the last piece')
    assert.equal(after?.stock, 0)
    screen.check('the stock is 0 and not -1; the error of the other carries the stored item')
  },
}
