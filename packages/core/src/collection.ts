// collection(): several entities of one partition, read together.
import { InputError } from './errors/input-error.js'
import { modelOf } from './entity.js'
import { compileCollection } from './operations/collection-model.js'
import { type CollectionQueryOptions, planCollectionGet, planCollectionQuery } from './operations/collection-query.js'
import { checkOptions } from './operations/options.js'
import type { Collection, CollectionEntities } from './types/collection.js'
import { kindOf } from './values/codec.js'

/** What `collection()` takes besides the entities. */
export interface CollectionOptions<Index> {
  /** The physical index whose partitions they have in common; the table key unless said otherwise. */
  readonly index?: Index
}

/**
 * Puts entities together that have partitions in common: their rows are read by one request, in the order of their sort keys, each
 * under the label that it has here.
 *
 * @throws DefinitionError for entities whose partitions are made in different ways.
 * @example
 * ```ts
 * const account = collection({ User, Repo })
 * for await (const { entity, item } of db.items(account.query({ username: 'ann' }))) console.log(entity, item)
 * const { User: users, Repo: repos } = await db.groups(account.query({ username: 'ann' }))
 * ```
 */
export function collection<const Members extends CollectionEntities, const Index extends string = never>(
  members: Members,
  options: CollectionOptions<Index> = {},
): Collection<Members, Index> {
  checkOptions('collection', options, ['index'])
  const given: unknown = members
  if (typeof given !== 'object' || given === null)
    throw new InputError('collection', [], 'an object of entities', kindOf(given))
  const models = new Map(Object.entries(members).map(([label, entity]) => [label, modelOf('collection', entity)]))
  const model = compileCollection(models, options.index)
  const made = Object.freeze({
    query: (key: unknown, given?: CollectionQueryOptions) => planCollectionQuery(model, key, given),
    get: (position: unknown, given?: CollectionQueryOptions) => planCollectionGet(model, position, given),
  })
  // Plans carry their results as plain data; the collection's type says what they are.
  return made as unknown as Collection<Members, Index>
}
