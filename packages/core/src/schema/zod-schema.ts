// The part of zod 4 that Keyloom reads. Only types: a definition made with zod/mini has the same shape.

/** One problem that zod found. */
export interface ZodIssue {
  readonly code?: string
  readonly expected?: unknown
  readonly path?: readonly PropertyKey[]
}

/** A value on its way through zod. */
export interface ZodPayload {
  value: unknown
  issues: ZodIssue[]
}

/** A check attached to a schema: `.min(3)`, `.refine(…)`. */
export interface ZodCheck {
  readonly _zod: {
    readonly def: { readonly when?: ((payload: ZodPayload) => boolean) | undefined }
    check(payload: ZodPayload): unknown
  }
}

/** A schema, as far as it is read here. */
export interface ZodSchema {
  readonly _zod: {
    readonly def: ZodDefinition
    run(payload: ZodPayload, context: { async: boolean }): unknown
  }
}

/** What a schema was made from: its type says which of the others are there. */
export interface ZodDefinition {
  readonly type: string
  readonly checks?: readonly ZodCheck[]
  readonly coerce?: boolean
  readonly format?: string
  readonly shape?: Readonly<Record<string, ZodSchema>>
  readonly catchall?: ZodSchema
  readonly element?: ZodSchema
  readonly innerType?: ZodSchema
  readonly valueType?: ZodSchema
  readonly entries?: Readonly<Record<string, string | number>>
  readonly values?: readonly unknown[]
  readonly defaultValue?: unknown
  readonly in?: ZodSchema
  readonly out?: ZodSchema
  readonly transform?: (value: unknown, payload: ZodPayload) => unknown
  readonly reverseTransform?: (value: unknown, payload: ZodPayload) => unknown
}
