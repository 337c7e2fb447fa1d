// Positions in types.
import type { AnyEntityTypes, IndexQuery } from './entity-types.js'
import type { PositionKey } from './query-key.js'

declare const positionType: unique symbol

/** A place in the key space of a table or index: a whole key, or all keys that begin alike. Made by `at`. */
export interface Position {
  /** The name of the entity that it was made by. */
  readonly entity: string
  readonly [positionType]: true
}

/** Positions by the table key, and by the indexes under their names. */
export type Positions<Types extends AnyEntityTypes> = ((key: PositionKey<Types['TableQuery']>) => Position) & {
  readonly [Index in keyof Types['IndexQueries']]: Types['IndexQueries'][Index] extends IndexQuery<
    infer Key,
    boolean,
    unknown,
    boolean
  >
    ? (key: PositionKey<Key>) => Position
    : never
}
