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

/** How zod is asked to run. */
export interface ZodContext {
  readonly async: boolean
  readonly direction?: 'backward'
  readonly skipChecks?: boolean
}

/** A check attached to a schema: `.min(3)`, `.refine(…)`. */
export interface ZodCheck {
  readonly _zod: {
    readonly def: { readonly check?: string; readonly when?: ((payload: ZodPayload) => boolean) | undefined }
    check(payload: ZodPayload): unknown
  }
}

/** A schema, as far as it is read here. */
export interface ZodSchema {
  readonly _zod: {
    readonly def: ZodDefinition
    readonly bag?: { readonly Class?: unknown }
    /** The values of what has finitely many. */
    readonly values?: ReadonlySet<unknown>
    readonly pattern?: RegExp
    readonly innerType?: ZodSchema
    run(payload: ZodPayload, context: ZodContext): unknown
  }
}

/** What a schema was made from: its type says which of the others are there. */
export interface ZodDefinition {
  readonly type: string
  readonly checks?: readonly ZodCheck[]
  readonly check?: string
  readonly coerce?: boolean
  readonly format?: string
  readonly shape?: Readonly<Record<string, ZodSchema>>
  readonly catchall?: ZodSchema
  readonly element?: ZodSchema
  readonly items?: readonly ZodSchema[]
  readonly rest?: ZodSchema | null
  readonly innerType?: ZodSchema
  readonly keyType?: ZodSchema
  readonly valueType?: ZodSchema
  readonly partial?: boolean
  readonly mode?: string
  readonly options?: readonly ZodSchema[]
  readonly discriminator?: string
  readonly inclusive?: boolean
  readonly unionFallback?: boolean
  readonly left?: ZodSchema
  readonly right?: ZodSchema
  readonly entries?: Readonly<Record<string, string | number>>
  readonly values?: readonly unknown[]
  readonly defaultValue?: unknown
  readonly fn?: (value: unknown) => unknown
  readonly in?: ZodSchema
  readonly out?: ZodSchema
  readonly transform?: (value: unknown, payload: ZodPayload) => unknown
  readonly reverseTransform?: (value: unknown, payload: ZodPayload) => unknown
}
