// Multi-attribute index keys: only a conformant engine sorts and reads by all of the attributes.
import { connect, entity, gte, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import * as z from 'zod'

const matches = table('matches', {
  partitionKey: 'matchId',
  indexes: {
    byRegion: { partitionKey: ['tournamentId', 'region'], sortKey: ['round', { name: 'seed', type: 'number' }] },
  },
})
const Match = entity('Match', {
  table: matches,
  schema: z.object({
    matchId: z.string(),
    tournamentId: z.string(),
    region: z.string(),
    round: z.string(),
    seed: z.number().optional(),
  }),
  key: { partitionKey: '{matchId}' },
  indexes: {
    byRegion: { index: 'byRegion', partitionKey: ['{tournamentId}', '{region}'], sortKey: ['{round}', '{seed}'] },
  },
})

test(
  'an index of several attributes is read from the left, page by page',
  { meta: { needs: 'conformant' } },
  async ({ dynamodb }) => {
    const name = await dynamodb.createTable(createTableInput(matches, { tableName: 'matches' }))
    const found = connect({ client: dynamodb.client, tables: { matches: name } }).for(Match)
    const at = { tournamentId: 't', region: 'eu' }
    const places = [
      ['final', 2],
      ['final', 10],
      ['semi', 1],
      ['semi', undefined],
    ] as const
    for (const [round, seed] of places) await found.put({ matchId: `${round}-${seed}`, ...at, round, seed })
    await found.put({ matchId: 'elsewhere', ...at, region: 'us', round: 'final', seed: 1 })
    const ids = (items: readonly { matchId: string }[]) => items.map(({ matchId }) => matchId)

    expect(ids(await found.query.byRegion(at).all())).toEqual(['final-2', 'final-10', 'semi-1'])
    expect(ids(await found.query.byRegion({ ...at, round: 'final' }).all())).toEqual(['final-2', 'final-10'])
    expect(ids(await found.query.byRegion({ ...at, round: 'final', seed: gte(3) }).all())).toEqual(['final-10'])
    const first = await found.query.byRegion(at).page({ take: 1 })
    const rest = await found.query.byRegion(at).page({ take: 5, cursor: first.cursor })
    expect(ids([...first.items, ...rest.items])).toEqual(['final-2', 'final-10', 'semi-1'])

    await found.update({ matchId: 'final-2' }, { set: { region: 'us' } })
    expect(ids(await found.query.byRegion(at).all())).toEqual(['final-10', 'semi-1'])
  },
)
