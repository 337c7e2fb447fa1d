// What `declaration: true` writes for users who export their entities from a package.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { declarationsOf, errorsOf, pathOf, programOf } from './virtual.js'

const entities = readFileSync(pathOf('exported.ts'), 'utf8')
const options = { declaration: true, noEmit: false }

const user = `
import type { Item } from '@keyloom/core'
import { Order, orders, ofStatus, paid, repository } from './written.js'
export const item: Item<typeof Order> | undefined = await orders.get({ customerId: 'c', placedAt: new Date(), orderId: 'o' })
export const city: string | undefined = item?.map1.city
export const status: 'pending' | 'paid' | undefined = (await ofStatus('paid').first())?.status
export const text: string = (await paid({ customerId: 'c', placedAt: new Date(), orderId: 'o' })).text0
export const bound: Item<typeof Order> | undefined = await repository(Order).one({ customerId: 'c', placedAt: new Date(), orderId: 'o' })
// @ts-expect-error half a key
void orders.get({ customerId: 'c' })
// @ts-expect-error no such status
void Order.query.byStatus({ status: 'lost' })
`

// Here, not in the tests: the first program has everything to parse.
const program = programOf({ 'exported.ts': entities }, options)
const errors = errorsOf(program, 'exported.ts')
const declarations = declarationsOf(program, 'exported.ts')
const users = errorsOf(programOf({ 'written.d.ts': declarations, 'user.ts': user }, options), 'user.ts')

describe('an entity of 50 attributes', () => {
  test('is exported from a module with declarations', () => {
    expect(errors).toEqual([])
  })

  test('has the same types behind its declarations', () => {
    expect(declarations).not.toMatch(/\bany\b|node_modules|\.\.\.\s*\d+ more/)
    expect(users).toEqual([])
  })
})
