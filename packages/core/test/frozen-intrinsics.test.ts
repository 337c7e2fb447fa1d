// A process whose built-in objects are frozen: whatever the sources did to them would be an error there.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('frozen-intrinsics.ts', import.meta.url))

function run(...args: string[]) {
  const flags = ['--frozen-intrinsics', '--disable-warning=ExperimentalWarning', '--import', 'tsx']
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, script, ...args], {
    encoding: 'utf8',
    env,
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

test('hostile items are written, read and refused with all built-in objects frozen', { timeout: 120_000 }, () => {
  expect(run()).toEqual({ status: 0, stdout: 'done\n', stderr: '' })
})

test('the process tells of what changes a built-in object', { timeout: 120_000 }, () => {
  const { status, stderr } = run('pollute')
  expect(status).toBe(1)
  expect(stderr).toContain('Object.assign(Object.prototype')
})
