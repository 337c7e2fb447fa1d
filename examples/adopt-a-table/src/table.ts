// A table that exists: one mapper wrote the tasks, somebody by hand the profiles. Keys and attributes stay as they are.
import { codec, entity, table } from '@keyloom/core'
import * as z from 'zod'

export const app = table('app', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
  entityAttribute: '__edb_e__', // where ElectroDB has the name of an entity
  keyFormat: 'raw', // what is in keys is in them as it is
})

/** Written by ElectroDB: keys in lower case, a marker and a version beside the attributes. */
export const Task = entity('Task', {
  table: app,
  schema: z.object({
    orgId: z.string(),
    projectId: z.string(),
    taskId: z.string(),
    employeeId: z.string(),
    points: z.number(),
  }),
  key: {
    partitionKey: '$taskapp#orgid_{orgId:lower}',
    sortKey: '$tasks_1#projectid_{projectId:lower}#taskid_{taskId:lower}',
  },
  indexes: {
    byEmployee: {
      index: 'gsi1',
      partitionKey: '$taskapp#employeeid_{employeeId:lower}',
      sortKey: '$tasks_1#points_{points:04}',
    },
  },
  entityAttribute: { value: 'tasks' },
  constants: { __edb_v__: '1' },
})

/** Written by hand: no marker, the id in the key alone, short names, seconds since 1970. */
export const Profile = entity('Profile', {
  table: app,
  schema: z.object({ userId: z.string(), email: z.string(), since: codec.epochSeconds() }),
  key: { partitionKey: 'USER#{userId}', sortKey: 'PROFILE#' },
  keyOnly: ['userId'],
  storedAs: { email: 'mail' },
  entityAttribute: false,
})
