// `pnpm test:oldest-sdk`: what goes through the SDK, on the oldest one that is supported. It is installed on demand.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../shared/consumer.mjs'
import { installOnDemand } from '../shared/on-demand.mjs'

const modules = installOnDemand('oldest', fileURLToPath(new URL('oldest', import.meta.url)))
const args = ['run', '--project', 'unit', 'packages/core/test/execution', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, KEYLOOM_SDK_MODULES: modules },
})
process.exitCode = status ?? 1
