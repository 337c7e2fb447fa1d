// Packages that only a few runs need: installed when asked for, outside of the repository, and kept for the next run.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './consumer.mjs'

/** Installs what the package.json and pnpm-lock.yaml in `from` name, and gives the folder of its node_modules. */
export function installOnDemand(name, from) {
  const files = ['package.json', 'pnpm-lock.yaml']
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(from, file)))
  const folder = join(tmpdir(), `keyloom-${name}-${hash.digest('hex').slice(0, 12)}`)
  const modules = join(folder, 'node_modules')
  if (existsSync(modules)) return modules
  console.error(`Installing ${name} into ${folder} ...`)
  // In a folder of its own first: an install that was broken off must not be taken for a whole one.
  const unfinished = mkdtempSync(`${folder}-`)
  try {
    for (const file of files) cpSync(join(from, file), join(unfinished, file))
    pnpm(['install', '--frozen-lockfile', '--ignore-workspace', '--ignore-scripts', '--reporter', 'silent'], unfinished)
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return modules
}

function pnpm(args, cwd) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  execFileSync('npx', ['-y', packageManager, ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}
