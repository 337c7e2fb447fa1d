// DynamoDB's wire values, as the SDK types them.
import type { AttributeValue } from '@aws-sdk/client-dynamodb'

export type { AttributeValue }

/** The attributes of one stored row or key, by name. */
export type Attributes = Record<string, AttributeValue>

/** DynamoDB's name of a value's type: `S` is a string, `N` a number, and so on. */
export type WireKind = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M'
