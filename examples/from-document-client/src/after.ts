// The same with Keyloom, on the same rows: they are told apart by the shape of their keys, as they were written.
import { type Client, codec, connect, entity, lt, table } from '@keyloom/core'
import * as z from 'zod'
import type { Tasks } from './tasks.js'

export const app = table('app', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
  entityAttribute: false,
  keyFormat: 'raw',
})

const Task = entity('Task', {
  table: app,
  schema: z.object({
    team: z.string(),
    id: z.string(),
    title: z.string(),
    state: z.enum(['open', 'done']),
    due: codec.date(),
  }),
  key: { partitionKey: 'TEAM#{team}', sortKey: 'TASK#{id}' },
  indexes: { byState: { index: 'gsi1', partitionKey: 'TEAM#{team}#{state}', sortKey: '{due}' } },
})

export function tasksWithKeyloom(client: Client, tableName: string): Tasks {
  const tasks = connect({ client, tables: { app: tableName } }).for(Task)
  return {
    add: async (task) => {
      await tasks.create(task)
    },
    get: (team, id) => tasks.get({ team, id }),
    // gsi1pk follows: the team is part of the table key, so it is known.
    finish: async (team, id) => {
      await tasks.update({ team, id }, { set: { state: 'done' } })
    },
    due: (team, before) => tasks.query.byState({ team, state: 'open', due: lt(before) }).all(),
  }
}
