// What a schema may not say, and what to do instead.

/** A schema that can't be stored faithfully. The path grows on the way out, to the attribute that it stands at. */
export class SchemaProblem extends Error {
  readonly path: string[] = []
  constructor(
    readonly problem: string,
    readonly fix: string,
  ) {
    super(problem)
  }
}

/** Kinds of schema with a reason of their own for a refusal; the others get a general one. */
export const refusals: Readonly<Record<string, readonly [problem: string, fix: string]>> = {
  date: ['DynamoDB has no dates, and z.date() does not say how to store one', 'Use codec.date()'],
  transform: ['a transform goes one way only, so a stored value could not be read back', 'Use z.codec()'],
  catch: ['.catch() would hide stored values that do not fit', 'Use .default() or .optional()'],
  map: ['a Map has keys of any kind, and DynamoDB only strings', 'Use z.object()'],
  undefined: ['DynamoDB stores no undefined', 'Use .optional()'],
  void: ['DynamoDB stores no undefined', 'Leave it out of the schema'],
  never: ['no value can be stored', 'Leave it out of the schema'],
  symbol: ['a symbol can not be stored', 'Use z.string() or z.enum()'],
  function: ['a function can not be stored', 'Leave it out of the schema'],
  promise: ['a promise can not be stored', 'Await the value before it is written'],
  nan: ['DynamoDB stores no NaN', 'Use z.number().optional()'],
  file: ['a file can not be stored', 'Store its bytes, with codec.bytes()'],
  custom: ['the schema does not say how to store its values', 'Use z.codec(), or codec.bytes() for bytes'],
  success: ['z.success() goes one way only', 'Use z.boolean()'],
}

/** The problem of a kind of schema that can't be stored. */
export function refusalOf(type: string): SchemaProblem {
  const known = Object.hasOwn(refusals, type) ? refusals[type] : undefined
  const [problem, fix] = known ?? [`z.${type}() can not be stored`, 'Use another schema']
  return new SchemaProblem(problem, fix)
}
