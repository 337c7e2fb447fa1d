// Several entities that are read together: those that have partitions of the table, or of one index, in common.
import { DefinitionError } from '../errors/definition-error.js'
import type { EntityIndex, Model } from '../model/model.js'
import type { PhysicalIndex, TableModel } from '../model/table-model.js'

/** An entity of a collection. */
export interface CollectionMember {
  /** What the caller calls it. */
  readonly label: string
  readonly model: Model
  /** The keys by which its rows are in the index. */
  readonly indexes: readonly EntityIndex[]
}

/** A collection, as plans see it. */
export interface CollectionModel {
  readonly subject: string
  readonly table: TableModel
  /** Absent for the table itself. */
  readonly physical: PhysicalIndex | undefined
  readonly members: readonly CollectionMember[]
}

/** Compiles a collection. Throws `DefinitionError`. */
export function compileCollection(models: ReadonlyMap<string, Model>, indexName: unknown): CollectionModel {
  const subject = `collection of ${[...models.keys()].join(', ')}`
  const [first] = models.values()
  if (first === undefined) throw new DefinitionError('collection', 'members', 'it has none', 'Name its entities')
  const { table } = first
  const physical = physicalOf(subject, table, indexName)
  const members = [...models].map(([label, model]): CollectionMember => {
    if (model.table !== table)
      throw new DefinitionError(subject, label, 'it is on another table', 'Put together entities of one table')
    const indexes =
      physical === undefined ? [model.key] : [...model.indexes.values()].filter((index) => index.physical === physical)
    if (indexes.length === 0)
      throw new DefinitionError(
        subject,
        label,
        `it has no index on ${physical?.name ?? ''}`,
        'Give it one, or leave it out',
      )
    return { label, model, indexes }
  })
  refuseTwice(subject, members)
  const shape = partitionShape(members[0]?.indexes[0])
  for (const { label, indexes } of members)
    for (const index of indexes)
      if (partitionShape(index) !== shape)
        throw new DefinitionError(
          subject,
          label,
          'its partitions are made in another way than those of the first',
          'Give all of them the same partitionKey, but for the names of attributes',
        )
  return { subject, table, physical, members }
}

function physicalOf(subject: string, table: TableModel, name: unknown): PhysicalIndex | undefined {
  if (name === undefined) return undefined
  const physical = typeof name === 'string' ? table.indexes.get(name) : undefined
  if (physical === undefined)
    throw new DefinitionError(
      subject,
      'index',
      'the table has no such index',
      `Use one of ${[...table.indexes.keys()].join(', ')}`,
    )
  if (physical.projected !== undefined)
    throw new DefinitionError(
      subject,
      'index',
      `${physical.name} does not hold whole rows`,
      "Use an index with projection: 'all'",
    )
  return physical
}

function refuseTwice(subject: string, members: readonly CollectionMember[]): void {
  const twice = members.find(({ model }, position) => members.findIndex((other) => other.model === model) !== position)
  if (twice !== undefined)
    throw new DefinitionError(subject, twice.label, 'the entity has another label already', 'Name each entity once')
}

/** How a partition key is made, without the names of what it is made of. */
function partitionShape(index: EntityIndex | undefined): string {
  const parts = (index?.partitionKey ?? []).map(({ name, template }) => [
    name,
    template.text.replace(/\{[^:{}]*/g, '{'),
    template.components.map(({ format }) => format.isRaw),
    template.native !== undefined,
  ])
  return JSON.stringify(parts)
}
