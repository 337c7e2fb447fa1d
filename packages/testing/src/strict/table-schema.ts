// What the rules need to know of a table, from its description.

export interface IndexSchema {
  /** The attributes that a global index holds; undefined where that is all, and for local ones, which fetch. */
  readonly projected: ReadonlySet<string> | undefined
}

export interface TableSchema {
  /** The types of all key attributes. */
  readonly types: ReadonlyMap<string, string>
  /** The most bytes that a value of a key attribute may have: of several roles the strictest. */
  readonly mostBytes: ReadonlyMap<string, number>
  readonly indexes: ReadonlyMap<string, IndexSchema>
}

interface KeyElement {
  readonly AttributeName: string
  readonly KeyType: string
}

interface IndexDescription {
  readonly IndexName: string
  readonly KeySchema: readonly KeyElement[]
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] }
}

/** The `Table` of DescribeTable's answer. */
export interface TableDescription {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[]
  readonly KeySchema: readonly KeyElement[]
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[]
  readonly LocalSecondaryIndexes?: readonly IndexDescription[]
}

const namesOf = (keys: readonly KeyElement[]): string[] => keys.map(({ AttributeName }) => AttributeName)

export function tableSchema(table: TableDescription): TableSchema {
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = table
  const mostBytes = new Map<string, number>()
  for (const { AttributeName, KeyType } of [table, ...global, ...local].flatMap(({ KeySchema }) => KeySchema)) {
    const most = KeyType === 'HASH' ? 2_048 : 1_024
    mostBytes.set(AttributeName, Math.min(most, mostBytes.get(AttributeName) ?? most))
  }
  const projectedBy = ({ KeySchema, Projection }: IndexDescription): Set<string> | undefined => {
    if (Projection.ProjectionType === 'ALL') return undefined
    return new Set([...namesOf(table.KeySchema), ...namesOf(KeySchema), ...(Projection.NonKeyAttributes ?? [])])
  }
  return {
    types: new Map(
      table.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
    ),
    mostBytes,
    indexes: new Map([
      ...global.map((index) => [index.IndexName, { projected: projectedBy(index) }] as const),
      ...local.map(({ IndexName }) => [IndexName, { projected: undefined }] as const),
    ]),
  }
}
