// Where the embedded engine differs from DynamoDB: the list that the suite goes by and that the documentation shows.

export interface Difference {
  /** The name of the check. */
  readonly check: string
  readonly embedded: string
  /** Whether the strict layer makes up for it: such a check is measured on the embedded engine too. */
  readonly strict?: true
}

/** What the embedded engine does otherwise. Where the strict layer does not make up for it, the check needs a conformant engine. */
export const differences: readonly Difference[] = [
  { check: 'keys of indexes are 2,048 and 1,024 bytes at most', embedded: 'stores longer ones', strict: true },
  { check: 'an update that creates an item returns nothing old', embedded: 'returns the key' },
  { check: 'IN takes 100 operands', embedded: 'takes more', strict: true },
  { check: 'operands of a comparison are distinct', embedded: 'compares an attribute with itself', strict: true },
  { check: 'SET behind the end of a list appends', embedded: 'fills the gap with NULL' },
  { check: 'DELETE compares numbers by value', embedded: 'compares their text: `1.0` does not remove `1`' },
  { check: 'REMOVE removes by the positions before', embedded: 'may count a position after an earlier removal' },
  { check: 'REMOVE of a path without a parent is refused', embedded: 'does nothing' },
  {
    check: 'key conditions: the clauses in any order',
    embedded: 'refuses an equality of the sort key that comes first',
  },
  { check: 'key conditions: values have the type of the key', embedded: 'finds nothing', strict: true },
  { check: 'key conditions: values are not empty', embedded: 'finds nothing', strict: true },
  {
    check: 'pages: the key to go on from is whole and of the partition',
    embedded: 'goes on in the other partition',
    strict: true,
  },
  {
    check: 'global indexes refuse attributes that they do not project',
    embedded: 'returns items without them',
    strict: true,
  },
  { check: 'local indexes fetch what they do not project', embedded: 'returns items without it' },
  { check: 'keys of several attributes: order, prefix and range', embedded: 'uses the first of them only' },
  { check: 'a transaction reads the projection alone', embedded: 'returns the key too' },
]
