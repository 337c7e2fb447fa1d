// A server to measure against: the engine that is embedded from npm, in memory, on a port of its own.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { spawn } from 'node:child_process'
import { accessSync, chmodSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CREATE_TABLE } from './workload.mjs'

export async function startServer() {
  const folder = dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json'))
  const binary = join(folder, 'dynoxide')
  try {
    accessSync(binary, constants.X_OK)
  } catch {
    chmodSync(binary, 0o755)
  }
  const port = await freePort()
  const server = spawn(binary, ['--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' })
  process.on('exit', () => server.kill())
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await answers(port)) return { endpoint: `http://127.0.0.1:${port}`, stop: () => server.kill() }
    await wait(50)
  }
  throw new Error('The server did not start')
}

/** A table for each adapter: every library reads items that it wrote itself. */
export async function createTables(endpoint, ids) {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const admin = new DynamoDBClient({ region: 'eu-central-1', endpoint, credentials })
  for (const id of ids) await admin.send(new CreateTableCommand({ ...CREATE_TABLE, TableName: `app-${id}` }))
  admin.destroy()
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
