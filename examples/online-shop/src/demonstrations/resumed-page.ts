// A page ends, the process ends too, and another process goes on at the very next order.
import assert from 'node:assert/strict'
import { connect, isError } from '@keyloom/core'
import { describeExchange } from '../demo/describe-exchange.js'
import { Order } from '../entities/order.js'
import { onlineShop } from '../shop.js'
import type { Demonstration } from './demonstration.js'

const customerId = 'C-0002'
const take = 10

export const resumedPage: Demonstration = {
  title: 'A page is resumed from a cursor',
  async run({ client, tableName, recorder, screen }) {
    const connectAnew = () => connect({ client, tables: { shop: tableName } })

    const first = await onlineShop(connectAnew()).ordersOfCustomer(customerId, { take })
    const { cursor } = first
    assert.ok(cursor)
    screen.details([`The first ${take} orders of ${customerId}, and a cursor of ${cursor.length} characters:`, cursor])

    // All that is left of the first process is the cursor: it may have come back from a browser.
    const shop = onlineShop(connectAnew())
    recorder.take()
    const second = await shop.ordersOfCustomer(customerId, { take, cursor })
    const [request] = recorder.take()
    assert.ok(request)
    screen.details(['A new process goes on with it:', ...describeExchange(request)])
    screen.print()
    screen.table([...rowsOf('first', first.items).slice(-2), ...rowsOf('second', second.items).slice(0, 2)])

    screen.print()
    const all = await connectAnew().all(Order.query({ customerId }, { reverse: true }))
    assert.deepEqual([...first.items, ...second.items], all.slice(0, 2 * take))
    screen.check(`order ${take + 1} follows order ${take}: none is missing, none comes twice`)

    recorder.take()
    await assert.rejects(shop.ordersOfCustomer('C-0003', { take, cursor }), (error) => {
      return isError(error, 'cursor') && error.reason === 'other-query'
    })
    assert.equal(recorder.take().length, 0)
    screen.check("with another customer's orders the cursor is refused (CursorError), and no request is sent")
  },
}

function rowsOf(page: string, orders: readonly Order[]) {
  return orders.map(({ placedAt, orderId, status }, index) => {
    return { page, number: `${index + 1}`, placed: placedAt.toISOString(), orderId, status }
  })
}
