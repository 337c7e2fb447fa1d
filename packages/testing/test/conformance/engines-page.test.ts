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
  const rows = differences.map(({ check, embedded }) => `| ${check} | ${embedded} |`)
  const text = `# How the engines differ

Keyloom's own suite of ${checks.length} checks states what the mapper relies on. DynamoDB Local, whether as a container or with
Java, passes all of them. The embedded engine differs in ${differences.length}: tests of these need a conformant engine, and say
so with \`meta: { needs: 'conformant' }\`.

| DynamoDB | The embedded engine |
| --- | --- |
${rows.join('\n')}

No engine on one machine shows throttling, conflicts between transactions, or an index that lags behind: the fault client makes
the first two, and tests should treat reads of global indexes as eventually consistent all the same.
`
  const formatted = await format(text, { parser: 'markdown', printWidth: 120 })
  await expect(formatted).toMatchFileSnapshot(page)
})
