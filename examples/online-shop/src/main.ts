// Runs the demo on a DynamoDB of its own, and leaves nothing behind.
import './quiet-aws-sdk.js'
import { once } from 'node:events'
import { startDynamoDB, temporaryTables } from '@keyloom/testing'
import { runDemo } from './demo/demo.js'
import { Screen } from './demo/screen.js'

const interruptedCode = 130

async function main(): Promise<number> {
  const screen = new Screen(process.stdout)
  screen.print('Starting DynamoDB …')
  const dynamodb = await startDynamoDB()
  screen.print(`${dynamodb.description}, ${dynamodb.engine} (${dynamodb.reason})`)
  const client = dynamodb.client()
  const tables = temporaryTables(client)
  try {
    const finished = runDemo(client, tables, screen).then(() => 0)
    const interrupted = once(process, 'SIGINT').then(() => interruptedCode)
    return await Promise.race([finished, interrupted])
  } finally {
    await tables.drop()
    await dynamodb.stop()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
// An interrupted demo still has requests under way.
if (process.exitCode === interruptedCode) process.exit()
