// Code that is generic over entities: repositories, caches, anything that is written once for all of them.
import type { AnyEntity, Entity, Input, Item, Key, Operation, Patch, TypesOf } from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import { repository as exportedRepository } from './exported.js'
import { db, key, Order, placedAt } from './shop.js'

function repository<E extends AnyEntity>(entity: E) {
  const bound = db.for(entity)
  return {
    find: (key: Key<E>): Promise<Item<E> | undefined> => bound.get(key),
    async require(key: Key<E>): Promise<Item<E>> {
      const item = await bound.get(key)
      if (item === undefined) throw new Error(`no ${entity.name}`)
      return item
    },
    save: (item: Input<E>): Promise<Item<E>> => bound.put(item),
    add: (item: Input<E>): Promise<Item<E>> => bound.create(item),
    remove: (key: Key<E>): Promise<Item<E> | undefined> => bound.delete(key, { returning: 'old' }),
  }
}

describe('a generic repository', () => {
  const orders = repository(Order)

  test('has the types of the entity that it is made for', () => {
    expectTypeOf(orders.find(key)).resolves.toEqualTypeOf<Item<typeof Order> | undefined>()
    expectTypeOf(orders.require(key)).resolves.toEqualTypeOf<Item<typeof Order>>()
    expectTypeOf(orders.save).parameter(0).toEqualTypeOf<Input<typeof Order>>()
    expectTypeOf(orders.remove(key)).resolves.toEqualTypeOf<Item<typeof Order> | undefined>()
  })

  test('may be exported without annotations', () => {
    expectTypeOf(exportedRepository(Order).one(key)).resolves.toEqualTypeOf<Item<typeof Order> | undefined>()
  })

  test('refuses what the entity refuses', () => {
    // @ts-expect-error half a key
    orders.find({ customerId: 'c', placedAt })
    // @ts-expect-error no item
    orders.save({ ...key })
    // @ts-expect-error no entity
    repository({ name: 'Order' })
  })
})

describe('other generic code', () => {
  test('entities by name', () => {
    const byName: Readonly<Record<string, AnyEntity>> = { Order }
    expectTypeOf(byName['Order']).toEqualTypeOf<AnyEntity | undefined>()
  })

  test('the types of a generic entity go through functions', () => {
    const rename = <E extends AnyEntity>(entity: E, item: Item<E>, change: (item: Item<E>) => Item<E>): Item<E> => {
      expectTypeOf(entity.name).toEqualTypeOf<string>()
      return change(item)
    }
    expectTypeOf(rename<typeof Order>)
      .parameter(1)
      .toEqualTypeOf<Item<typeof Order>>()
  })

  test('the entity may be asked for with its verbs', () => {
    const reads = <Types extends TypesOf<AnyEntity>>(entity: Entity<Types>, key: Types['Key']) => entity.get(key)
    expectTypeOf(reads(Order, key)).toEqualTypeOf<Operation<Item<typeof Order> | undefined, 'get'>>()
    expectTypeOf(db.for(Order).get(key)).resolves.toEqualTypeOf<Item<typeof Order> | undefined>()
  })

  test('none of the types is any', () => {
    expectTypeOf<Item<AnyEntity>>().not.toBeAny()
    expectTypeOf<Key<AnyEntity>>().not.toBeAny()
    expectTypeOf<Input<AnyEntity>>().not.toBeAny()
    expectTypeOf<Patch<AnyEntity>>().not.toBeAny()
    expectTypeOf<TypesOf<typeof Order>>().toExtend<TypesOf<AnyEntity>>()
  })
})
