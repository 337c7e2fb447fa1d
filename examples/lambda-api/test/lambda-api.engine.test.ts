// The bundle that would be deployed, started as Lambda starts it, called with events as API Gateway sends them.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createTableInput } from '@keyloom/core/infra'
import { test as dynamodbTest } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import type { HttpEvent, HttpResponse } from '../src/api.js'
import { bundle } from '../src/bundle.js'
import { notesTable, type Note } from '../src/notes.js'

interface Answer extends HttpResponse {
  readonly milliseconds: number
}

/** Starts a fresh process, as a cold start does, and sends it one event after the other. */
type Invoke = (...events: readonly HttpEvent[]) => Promise<Answer[]>

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const event = async (name: string) => JSON.parse(await readFile(here(`../events/${name}.json`), 'utf8')) as HttpEvent

// What the runtime does: it loads the handler, then calls it. The time of the first answer includes the loading.
const runtime = `
const start = performance.now()
const { handler } = await import('./handler.mjs')
const answers = []
for (const event of JSON.parse(process.argv[2])) {
  const response = await handler(event)
  answers.push({ ...response, milliseconds: performance.now() - start })
}
console.log(JSON.stringify(answers))`

const test = dynamodbTest.extend<{ readonly invoke: Invoke }>({
  invoke: [
    async ({ dynamodb }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'lambda-api-'))
      const bytes = await bundle(join(folder, 'handler.mjs'))
      console.info(`The bundle has ${Math.round(bytes / 1024)} KB without the SDK`)
      // The SDK that the runtime brings.
      await symlink(here('../node_modules'), join(folder, 'node_modules'), 'dir')
      await writeFile(join(folder, 'runtime.mjs'), runtime)
      const tableName = await dynamodb.createTable(createTableInput(notesTable, { tableName: 'notes' }))
      const { accessKeyId, secretAccessKey } = await dynamodb.client.config.credentials()
      const env = {
        ...process.env,
        NOTES_TABLE: tableName,
        AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
        AWS_REGION: await dynamodb.client.config.region(),
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
      }
      await use(async (...events) => {
        const child = spawn(process.execPath, ['runtime.mjs', JSON.stringify(events)], { cwd: folder, env })
        const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
        if (output === '') throw new Error(errors)
        return JSON.parse(output) as Answer[]
      })
      await rm(folder, { recursive: true })
    },
    { scope: 'file' },
  ],
})

test('a note is written, listed, read and removed', async ({ invoke }) => {
  const [written] = await invoke(await event('post-note'))
  expect(written?.statusCode).toBe(201)
  const note = JSON.parse(written?.body ?? '') as Note
  expect(note).toMatchObject({ userId: 'user-1', text: 'Buy milk' })
  console.info(`Cold start to the first answer: ${Math.round(written?.milliseconds ?? 0)} ms`)

  const pathParameters = { noteId: note.noteId }
  const answers = await invoke(
    await event('get-notes'),
    { ...(await event('get-note')), pathParameters },
    { ...(await event('delete-note')), pathParameters },
    { ...(await event('delete-note')), pathParameters },
  )
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 404])
  expect(JSON.parse(answers[0]?.body ?? '')).toEqual({ notes: [note] })
  expect(JSON.parse(answers[1]?.body ?? '')).toEqual(note)
})

test('faults of the caller are told to the caller', async ({ invoke }) => {
  const list = await event('get-notes')
  const [empty, forged, unknown] = await invoke(
    await event('post-empty-note'),
    { ...list, queryStringParameters: { cursor: 'forged' } },
    { ...list, routeKey: 'PUT /notes' },
  )
  expect(empty).toMatchObject({ statusCode: 400 })
  expect(empty?.body).toContain('text: expected')
  expect(forged).toMatchObject({ statusCode: 400 })
  expect(unknown).toMatchObject({ statusCode: 404 })
})

test("a user reaches no one else's notes", async ({ invoke }) => {
  const [written] = await invoke(await event('post-note'))
  const { noteId } = JSON.parse(written?.body ?? '') as Note
  const read = await event('get-note')
  const stranger = { authorizer: { jwt: { claims: { sub: 'user-2' } } } }
  const [answer] = await invoke({ ...read, requestContext: stranger, pathParameters: { noteId } })
  expect(answer?.statusCode).toBe(404)
})
