// The repository layer: all that the handler knows of DynamoDB.
import { type Client, codec, connect, entity, type Item, table, ulid } from '@keyloom/core'
import * as z from 'zod'

export const notesTable = table('notes', { partitionKey: 'pk', sortKey: 'sk' })

export const Note = entity('Note', {
  table: notesTable,
  schema: z.object({
    userId: z.string(),
    noteId: z.string().default(() => ulid()),
    text: z.string().min(1).max(2_000),
    writtenAt: codec.date(),
  }),
  key: { partitionKey: 'USER#{userId}', sortKey: 'NOTE#{noteId}' },
})
export type Note = Item<typeof Note>

export interface NotesSettings {
  readonly client: Client
  readonly tableName: string
}

export function notesOf({ client, tableName }: NotesSettings) {
  const notes = connect({ client, tables: { notes: tableName } }).for(Note)
  return {
    write: (userId: string, text: string): Promise<Note> => notes.create({ userId, text, writtenAt: new Date() }),
    read: (userId: string, noteId: string): Promise<Note | undefined> => notes.get({ userId, noteId }),
    /** The newest first; a ULID begins with its time. */
    list: (userId: string, take: number, cursor?: string) =>
      notes.query({ userId }, { reverse: true }).page({ take, cursor }),
    remove: (userId: string, noteId: string): Promise<Note | undefined> =>
      notes.delete({ userId, noteId }, { returning: 'old' }),
  }
}

export type Notes = ReturnType<typeof notesOf>
