// A process of its own that ends the engine when this one is gone, however it went.
import { spawn } from 'node:child_process'
import { parse } from 'node:path'

// No engine notices the death of its parent, and no handler of ours would run after SIGKILL. So nothing here hooks
// into signals: the watchdog waits for the end of its standard input, which the system closes with this process.
const script = `
const { request } = require('node:http')
const [kind, ...args] = process.argv.slice(1)
process.stdin.on('error', () => {}).on('close', kind === 'process' ? endProcess : removeContainers).resume()
function endProcess() {
  try { process.kill(Number(args[0]), 'SIGKILL') } catch {}
}
function removeContainers() {
  const [server, filter] = args
  const ask = (method, path, then) => {
    const sent = request({ ...JSON.parse(server), method, path }, (response) => {
      let body = ''
      response.on('data', (part) => { body += part }).on('end', () => then(body))
    })
    sent.on('error', () => {}).end()
  }
  ask('GET', '/containers/json?all=1&filters=' + encodeURIComponent(filter), (body) => {
    for (const { Id } of JSON.parse(body)) ask('DELETE', '/containers/' + Id + '?force=1&v=1', () => {})
  })
}
`

export interface Watchdog {
  /** Sends it home: the engine has been stopped. */
  release(): void
}

/** Where a container runtime listens, as `node:http` takes it. */
export type ContainerServer = { readonly socketPath: string } | { readonly host: string; readonly port: number }

/** Kills a process when this one is gone. */
export function watchProcess(pid: number): Watchdog {
  return start(['process', String(pid)])
}

/** Removes the containers with a label when this process is gone. */
export function watchContainers(server: ContainerServer, label: string): Watchdog {
  return start(['containers', JSON.stringify(server), JSON.stringify({ label: [label] })])
}

function start(args: string[]): Watchdog {
  const child = spawn(process.execPath, ['-e', script, '--', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A session of its own: Ctrl-C in a terminal and a kill of the whole process group must not reach it.
    detached: true,
    windowsHide: true,
    cwd: parse(process.cwd()).root,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  // Without a watchdog the engine runs as well: it is only not ended when this process is killed.
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  return { release: () => void child.kill('SIGKILL') }
}
