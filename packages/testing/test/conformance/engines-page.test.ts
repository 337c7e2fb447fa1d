// The published list of differences is the one of the suite; `vitest --update` writes it.
import { join } from 'node:path'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { checks } from './checks.js'
import { differences } from './differences.js'

const page = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'testing', 'engines.md')

test('every difference is of a check of the suite', () => {
  const names = checks.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toEqual(expect.arrayContaining(differences.map(({ check }) => check)))
})

test('the page shows the differences', async () => {
  const rows = differences.map(
    ({ check, embedded, strict }) => `| ${check} | ${embedded} | ${strict === true ? 'refuses it' : '—'} |`,
  )
  const refusedEarlier = differences.filter(({ strict }) => strict).length
  const text = `# How the engines differ

Keyloom's own suite of ${checks.length} checks states what the mapper relies on. DynamoDB Local, whether as a container or with
Java, passes all of them. The embedded engine differs in ${differences.length}. A strict layer in front of it, on unless \`strict: false\` is
given, refuses ${refusedEarlier} of these as DynamoDB does; tests of the others need a conformant engine, and say so with
\`meta: { needs: 'conformant' }\`.

| DynamoDB | The embedded engine | The strict layer |
| --- | --- | --- |
${rows.join('\n')}

A comparison of generated operations on both showed more, which the suite does not cover:

- Of an update that both fails its condition and can't be computed DynamoDB Local names the computation, the embedded engine the
  condition.
- DynamoDB Local refuses some cursors at a bound of \`BETWEEN\`; the embedded engine goes on from them.
- DynamoDB Local may give back a number as it was written, \`007\` for 7, or computed, \`-5.0\` for -5.
- At a limit that is met exactly, the embedded engine returned a key to go on from in some queries in which DynamoDB Local did not.

No engine on one machine shows throttling, conflicts between transactions, or an index that lags behind: the fault client makes
the first two, and tests should treat reads of global indexes as eventually consistent all the same.
`
  const formatted = await format(text, { parser: 'markdown', printWidth: 120 })
  await expect(formatted).toMatchFileSnapshot(page)
})
