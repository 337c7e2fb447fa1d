// Where the embedded engine differs from DynamoDB: the list that the suite goes by and that the documentation shows.

export interface Difference {
  /** The name of the check. */
  readonly check: string
  readonly embedded: string
}

/** What the embedded engine does otherwise: these checks need a conformant engine. */
export const differences: readonly Difference[] = [
  { check: 'keys of indexes are 2,048 and 1,024 bytes at most', embedded: 'stores longer ones' },
  { check: 'an update that creates an item returns nothing old', embedded: 'returns the key' },
  { check: 'IN takes 100 operands', embedded: 'takes more' },
  { check: 'operands of a comparison are distinct', embedded: 'compares an attribute with itself' },
  { check: 'SET behind the end of a list appends', embedded: 'fills the gap with NULL' },
  { check: 'DELETE compares numbers by value', embedded: 'compares their text: `1.0` does not remove `1`' },
  { check: 'REMOVE of a path without a parent is refused', embedded: 'does nothing' },
  {
    check: 'key conditions: the clauses in any order',
    embedded: 'refuses an equality of the sort key that comes first',
  },
  { check: 'key conditions: values have the type of the key', embedded: 'finds nothing' },
  { check: 'key conditions: values are not empty', embedded: 'finds nothing' },
  { check: 'pages: the key to go on from is whole and of the partition', embedded: 'goes on in the other partition' },
  { check: 'global indexes refuse attributes that they do not project', embedded: 'returns items without them' },
  { check: 'local indexes fetch what they do not project', embedded: 'returns items without it' },
  { check: 'keys of several attributes: order, prefix and range', embedded: 'uses the first of them only' },
  { check: 'a transaction reads the projection alone', embedded: 'returns the key too' },
]
