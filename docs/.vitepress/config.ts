// The documentation site. A dead link fails its build.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const docs = fileURLToPath(new URL('..', import.meta.url))

/** In the order in which one reads them: what stands before is known. */
const guide = [
  'guide/start',
  'guide/concepts',
  'guide/keys',
  'guide/writes',
  'guide/conditions-and-updates',
  'guide/semantics',
  'guide/reading',
  'guide/collections-and-projections',
  'guide/transactions-and-batches',
  'guide/reliability',
  'guide/testing',
  'guide/when-not-to-use-it',
]

function pagesOf(folder: string): string[] {
  if (!existsSync(`${docs}/${folder}`)) return []
  return readdirSync(`${docs}/${folder}`)
    .filter((file) => file.endsWith('.md') && file !== 'index.md' && file !== 'README.md' && file !== 'template.md')
    .map((file) => `${folder}/${file.slice(0, -3)}`)
    .sort()
}

/** A page under its own title, so that no title is written twice. */
function linkTo(page: string): { text: string; link: string } {
  const [, title = page] = /^# (.*)$/m.exec(readFileSync(`${docs}/${page}.md`, 'utf8')) ?? []
  return { text: title.replaceAll('`', ''), link: `/${page}` }
}

const written = guide.filter((page) => existsSync(`${docs}/${page}.md`))
const others = (folder: string): string[] => pagesOf(folder).filter((page) => !guide.includes(page))

export default defineConfig({
  title: 'Keyloom',
  description: 'A type-safe data mapper for Amazon DynamoDB',
  cleanUrls: true,
  rewrites: { 'adr/README.md': 'adr/index.md' },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: written[0] === undefined ? '/' : `/${written[0]}` },
      ...(existsSync(`${docs}/recipes/index.md`) ? [{ text: 'Recipes', link: '/recipes/' }] : []),
      { text: 'API', link: '/api/' },
    ],
    sidebar: {
      '/api/': [{ text: 'API', items: [{ text: 'All modules', link: '/api/' }] }],
      '/': [
        { text: 'Guide', items: [...written, ...others('guide')].map(linkTo) },
        { text: 'Recipes', items: pagesOf('recipes').map(linkTo) },
        { text: 'Coming from', items: pagesOf('coming-from').map(linkTo) },
        { text: 'Testing', items: pagesOf('testing').map(linkTo) },
        {
          text: 'Reference',
          items: [
            ...['errors', 'glossary', 'performance'].filter((page) => existsSync(`${docs}/${page}.md`)).map(linkTo),
            { text: 'API', link: '/api/' },
          ],
        },
        { text: 'Decisions', collapsed: true, items: pagesOf('adr').map(linkTo) },
      ].filter(({ items }) => items.length > 0),
    },
  },
})
