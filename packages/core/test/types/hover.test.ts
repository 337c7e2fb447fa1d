// What an editor shows when the pointer rests on a type: plain objects, and no helper of zod's or ours.
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { pathOf, serviceOf } from './virtual.js'

const text = `
import * as z from 'zod'
import type { Input, Item, Key, Patch } from '@keyloom/core'
import { key, Order, orders } from './shop.js'

export type OrderItem = Item<typeof Order>
export type OrderInput = Input<typeof Order>
export type OrderKey = Key<typeof Order>
export type OrderPatch = Patch<typeof Order>
export const read = await orders.get(key)
export const changed = await orders.update(key, { set: { note: 'x' }, returning: 'updatedNew' })
`

const service = serviceOf('hover.ts', text)

function hover(name: string): string {
  const at = text.indexOf(` ${name} =`) + 1
  const info = service.getQuickInfoAtPosition(pathOf('hover.ts'), at)
  return ts.displayPartsToString(info?.displayParts)
}

// Here, not in the first test: the first answer of an editor loads everything.
const hovers = new Map(
  ['OrderItem', 'OrderInput', 'OrderKey', 'OrderPatch', 'read', 'changed'].map((name) => [name, hover(name)]),
)
const types = ['OrderItem', 'OrderInput', 'OrderKey', 'OrderPatch']

describe('on hover', () => {
  test.each(types)('%s is a flat object', (name) => {
    expect(hovers.get(name)).not.toMatch(/\b(z\.|Zod|core\.|[A-Z]\w*<(?!string>))|[^=] & |\.\.\. \d+ more/)
  })

  test.each([...hovers])('%s', async (name, shown) => {
    await expect(`${shown}\n`).toMatchFileSnapshot(`hovers/${name}.txt`)
  })
})
