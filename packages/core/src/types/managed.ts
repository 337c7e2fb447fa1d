// Managed attributes in types: what writes keep up by themselves.
import type { Flat } from './item.js'

/** The item as it is read: with the managed attributes that its schema doesn't have. */
export type WithManaged<Item, Version extends PropertyKey, Time extends PropertyKey, Expiry extends PropertyKey> = [
  Version | Time | Expiry,
] extends [never]
  ? Item
  : Item extends unknown
    ? Flat<
        Item & { [Name in Exclude<Version, keyof Item>]: number } & { [Name in Exclude<Time, keyof Item>]: Date } & {
          [Name in Exclude<Expiry, keyof Item>]?: Date | undefined
        }
      >
    : never

/** What a put takes: the version and the times may be left out, also where the schema has them. */
export type InputWithManaged<
  Input,
  Version extends PropertyKey,
  Time extends PropertyKey,
  Expiry extends PropertyKey,
> = [Version | Time | Expiry] extends [never]
  ? Input
  : Input extends unknown
    ? Flat<
        { [Name in keyof Input as Name extends Version | Time ? never : Name]: Input[Name] } & {
          [Name in Version]?: number | undefined
        } & { [Name in Time]?: Date | undefined } & { [Name in Exclude<Expiry, keyof Input>]?: Date | undefined }
      >
    : never
