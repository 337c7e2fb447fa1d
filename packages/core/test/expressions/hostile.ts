// Values and names that would be syntax if they were pasted into an expression, and a reader of expressions for what they mean.

/** What other mappers and databases take for operators. */
export const operatorObjects: readonly object[] = [
  ...[
    '$ne',
    '$eq',
    '$gt',
    '$in',
    '$or',
    '$not',
    '$add',
    '$set',
    '$remove',
    '$append',
    '$exists',
    '$regex',
    '$where',
  ].map((name) => ({
    [name]: null,
  })),
  ...['=', '<>', '>', 'IN', 'NOT', 'BETWEEN', 'begins_with', 'attribute_exists', 'size', 'ADD', 'SET'].map((name) => ({
    [name]: 'x',
  })),
  { type: 'compare', operator: '=', path: ['pk'], value: { S: 'x' } },
  { type: 'if-not-exists', path: ['pk'], otherwise: { S: 'x' } },
  { path: ['pk'], size: true },
  { 'keyloom.field': { path: ['pk'] } },
  { 'Symbol(keyloom.condition)': { type: 'exists', path: ['pk'] } },
  { S: 'x' },
  { ':0': { S: 'x' } },
  JSON.parse('{"__proto__": {"path": ["pk"]}}') as object,
  [{ $ne: null }],
]

const templates = [
  'X',
  "X' OR '1'='1",
  'X) OR attribute_exists(pk',
  '{X}',
  '${X}',
  '#X',
  ':X',
  'X.y',
  'X[0]',
  '"X"',
  '\\X',
  'X\n',
  'X\u0000',
]
const words = ['pk', '0', 'SET', 'REMOVE', '__proto__', 'constructor', 'AND', 'NULL', 'attribute_exists(pk)', 'a = :0']

/** Texts that look like expressions, placeholders, paths and templates. */
export const texts: readonly string[] = [
  ...templates.flatMap((template) => words.map((word) => template.replace('X', word))),
  ...['', ' ', '--', '/*', ';', '🦊', 'é', 'e\u0301', '%00', 'true', '{"S":"x"}'],
]

/** Attribute names that are reserved, look like paths or placeholders, or are properties of every object. */
export const names: readonly string[] = [
  ...[
    'name',
    'size',
    'status',
    'SET',
    'set',
    'AND',
    'NULL',
    'ADD',
    'between',
    'Timestamp',
    'contains',
    'attribute_exists',
  ],
  ...[
    'constructor',
    'prototype',
    'hasOwnProperty',
    'toString',
    'valueOf',
    'then',
    'length',
    'isPrototypeOf',
    '__defineGetter__',
  ],
  ...[
    'a',
    'A',
    'a.b',
    'a_b',
    'a-b',
    'a b',
    'a[0]',
    'a.b.c',
    '.',
    '[0]',
    '0',
    '1e3',
    '#0',
    '#x',
    ':0',
    ':x',
    '$x',
    '${x}',
    '{x}',
  ],
  ...['x', 'x ', '"x"', "'x'", 'é', 'e\u0301', '🦊', '\\', '('],
]

/** Names that a careless placeholder would make one. */
export const pairs: readonly (readonly [string, string])[] = [
  ['a.b', 'a_b'],
  ['a-b', 'a_b'],
  ['a b', 'a_b'],
  ['a', 'A'],
  ['#0', '0'],
  [':0', '#0'],
  [':x', '#x'],
  ['x', 'x '],
  ['é', 'e\u0301'],
  ['a[0]', '[0]'],
  ['a.b', 'a.b.c'],
]

type Token = string | { readonly path: readonly (string | number)[] } | { readonly value: unknown }

export interface Expressions {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>
}

/** An expression as DynamoDB reads it: words, paths with their names, values. Throws for anything that is neither. */
export function meaning(text: string | undefined, expressions: Expressions): readonly Token[] {
  const { ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = expressions
  const token = /\s*(?:(#\d+(?:\.#\d+|\[\d+\])*)|(:\d+)|([A-Z]+|[a-z_]+(?=\()|<>|<=|>=|[-=<>+,()]))/y
  const tokens: Token[] = []
  const whole = text ?? ''
  while (token.lastIndex < whole.length) {
    const at = token.lastIndex
    const [, path, value, word] = token.exec(whole) ?? []
    if (path !== undefined)
      tokens.push({
        path: [...path.matchAll(/#\d+|\d+/g)].map(([step]) =>
          step.startsWith('#') ? own(ExpressionAttributeNames, step) : Number(step),
        ),
      })
    else if (value !== undefined) tokens.push({ value: own(ExpressionAttributeValues, value) })
    else if (word !== undefined) tokens.push(word)
    else throw new SyntaxError(`No token at ${at}`)
  }
  return tokens
}

function own<Value>(map: Readonly<Record<string, Value>>, name: string): Value {
  if (!Object.hasOwn(map, name)) throw new SyntaxError(`${name} stands for nothing`)
  return map[name] as Value
}
