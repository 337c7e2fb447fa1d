// Documents of many tenants in one table, each tenant behind a connection that reaches nothing else.
import { type BoundDb, bucket, codec, type Db, entity, type Item, type Page, table, ulid } from '@keyloom/core'
import * as z from 'zod'

export const office = table('office', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
  },
})

export const Document = entity('Document', {
  table: office,
  schema: z.object({
    tenantId: z.string(),
    documentId: z.string().default(() => ulid()),
    folder: z.string(),
    title: z.string(),
    madeAt: codec.date(),
  }),
  key: { partitionKey: 'TENANT#{tenantId}', sortKey: 'DOCUMENT#{documentId}' },
  indexes: {
    byFolder: { index: 'gsi1', partitionKey: 'TENANT#{tenantId}#FOLDER#{folder}', sortKey: '{title}#{documentId}' },
    // Of all tenants, for those who run the service.
    byDay: { index: 'gsi2', partitionKey: 'MADE#{madeAt:day}', sortKey: '{madeAt}#{documentId}' },
  },
})
export type Document = Item<typeof Document>

/** A connection that is bound to a tenant. */
export type TenantDb = BoundDb<'tenantId'>

/**
 * What a tenant's users do. None of it names the tenant, so none of it can name another one: with the whole connection in place
 * of a bound one this doesn't compile.
 */
export function documentsOf(db: TenantDb) {
  const documents = db.for(Document)
  return {
    write: (document: { readonly folder: string; readonly title: string; readonly madeAt: Date }) =>
      documents.create(document),
    read: (documentId: string) => documents.get({ documentId }),
    remove: (documentId: string) => documents.delete({ documentId }, { returning: 'old' }),

    /** A page of a folder, by titles. Its cursor is for this user of this tenant, and nobody else. */
    list: (folder: string, user: string, cursor?: string): Promise<Page<Document>> =>
      documents.query.byFolder({ folder }).page({ take: 2, scope: user, cursor }),
  }
}

/** What those do who run the service: on the whole connection. */
export function operationsOf(db: Db) {
  const documents = db.for(Document)
  return {
    /** The documents of all tenants that were made on a day, such as '2026-02-16'. */
    madeOn: (day: string) => documents.query.byDay({ madeAt: bucket(day) }),
  }
}
