// Programs that come up, do not, or find their port taken.
import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '../src/free-port.js'
import { listTablesStatus } from '../src/list-tables.js'
import { poll } from '../src/poll.js'
import { startProgram, type Program } from '../src/process-engine.js'

function node(script: string, more: Partial<Program> = {}): Program {
  return { name: 'fake', file: process.execPath, args: (port) => ['-e', script, String(port)], ...more }
}

const server = `
const server = require('node:http').createServer((request, response) => response.end('{"TableNames":[]}'))
server.on('error', (error) => { console.error(String(error)); process.exit(1) })
server.listen(Number(process.argv[1]), '127.0.0.1')
`

async function startFake(program: Program): ReturnType<typeof startProgram> {
  const started = await startProgram(program)
  onTestFinished(() => started.stop())
  return started
}

async function takenPort(): Promise<number> {
  const port = await freePort()
  const other = createServer((_request, response) => response.writeHead(404).end())
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  return port
}

describe('startProgram', () => {
  test('waits until it answers, and stops it', async () => {
    const started = await startFake(node(server))
    await expect(listTablesStatus(started.endpoint, 1_000)).resolves.toBe(200)
    await started.stop()
    await expect(listTablesStatus(started.endpoint, 1_000)).resolves.toBeUndefined()
    await started.stop()
  })

  test('tries another port when the one it picked is taken', async () => {
    const ports = [await takenPort(), await freePort()]
    const started = await startFake(node(server, { pickPort: async () => ports.shift() ?? freePort() }))
    expect(ports).toEqual([])
    await expect(listTablesStatus(started.endpoint, 1_000)).resolves.toBe(200)
  })

  test('gives up when every port is taken', async () => {
    const port = await takenPort()
    let picked = 0
    const pickPort = (): Promise<number> => {
      picked += 1
      return Promise.resolve(port)
    }
    await expect(startProgram(node(server, { pickPort }))).rejects.toThrow('EADDRINUSE')
    expect(picked).toBe(5)
  })

  test('that ends at once is an error with its code and what it printed', async () => {
    const started = startProgram(node("console.log('out of order'); process.exit(3)"))
    await expect(started).rejects.toThrow('fake exited with code 3; it printed:\nout of order')
  })

  test('that never answers is ended and is an error', async () => {
    const started = startProgram(node('setInterval(() => {}, 1000)', { startupTimeoutMs: 300 }))
    await expect(started).rejects.toThrow('fake did not answer ListTables within 300 ms')
  })

  test('that is not there is an error', async () => {
    await expect(startProgram(node('', { file: '/no/such/program' }))).rejects.toThrow('ENOENT')
  })

  test('that ends by itself later leaves a warning', async () => {
    const warning = new Promise<Error>((resolve) => process.once('warning', resolve))
    const started = await startFake(node(server))
    process.kill(started.pid, 'SIGKILL')
    await expect(warning).resolves.toMatchObject({
      message: 'The fake engine ended by itself: fake was ended by SIGKILL',
    })
  })
})

describe('poll', () => {
  test('returns the first answer', async () => {
    let asked = 0
    await expect(poll(async () => ((asked += 1) === 3 ? 'yes' : undefined), 1_000)).resolves.toBe('yes')
  })

  test('ends when the time is up', async () => {
    await expect(poll(async () => undefined, 20)).resolves.toBeUndefined()
  })
})
