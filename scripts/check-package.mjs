// Checks what users would install: packs each package as publishing does, looks into the tarballs, and loads them.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

// What a package may bring along. Anything more is a decision: docs/adr/.
const allowed = {
  '@keyloom/core': {
    dependencies: ['ulid'],
    peerDependencies: ['@aws-sdk/client-dynamodb', 'zod'],
    optionalDependencies: [],
  },
  '@keyloom/testing': {
    dependencies: ['testcontainers'],
    peerDependencies: ['@aws-sdk/client-dynamodb', 'vitest'],
    optionalDependencies: ['@dynoxide/linux-x64'],
  },
}
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preprepare', 'postprepare']
const inTarball = /^package\/(package\.json|README\.md|LICENSE|dist\/(?:[^./][^/]*\/)*[^./][^/]*)$/
// These load vitest, which runs inside its own runner only.
const notLoadable = /^\.\/vitest(\/|$)/

const problems = []
const work = mkdtempSync(join(tmpdir(), 'keyloom-package-'))
try {
  const packages = readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => !readJson(join(folder, 'package.json')).private)
    .map(pack)
  for (const one of packages) {
    checkFiles(one)
    checkManifest(one)
    runTool('publint', ['run', one.tarball, '--strict'], one)
    runTool('attw', [one.tarball, '--profile', 'esm-only', '--no-emoji'], one)
  }
  for (const one of packages) checkLoading(one, packages)
} finally {
  rmSync(work, { recursive: true, force: true })
}

for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'All packages are as they should be.' : `${problems.length} problems.`)
process.exitCode = problems.length === 0 ? 0 : 1

function pack(folder) {
  const source = readJson(join(folder, 'package.json'))
  if (!existsSync(join(folder, 'dist'))) {
    console.error(`${source.name} is not built: run \`pnpm build\` first.`)
    process.exit(1)
  }
  const target = join(work, 'tarballs', source.name.replace('@', '').replace('/', '-'))
  mkdirSync(target, { recursive: true })
  pnpm(['pack', '--pack-destination', target], folder)
  const tarball = join(target, readdirSync(target)[0])
  const installed = join(work, 'node_modules', source.name)
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  return { name: source.name, folder, tarball, installed, manifest: readJson(join(installed, 'package.json')) }
}

// pnpm alone applies publishConfig and turns workspace: and catalog: into ranges; it may not be on the PATH.
function pnpm(args, cwd) {
  const path = process.env.npm_execpath ?? ''
  const [command, ...first] = !path.includes('pnpm')
    ? ['npx', '-y', readJson(join(root, 'package.json')).packageManager]
    : /\.[cm]?js$/.test(path)
      ? [process.execPath, path]
      : [path]
  // An npx above this one hands down what it was asked to run.
  const env = { ...process.env }
  delete env.npm_config_call
  delete env.npm_config_package
  execFileSync(command, [...first, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
}

function checkFiles({ name, tarball }) {
  const paths = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
  for (const path of paths.filter((found) => !inTarball.test(found))) {
    problems.push(`${name}: ${path} is in the tarball. Only dist, README.md, LICENSE and package.json belong there.`)
  }
  for (const path of ['README.md', 'LICENSE', 'package.json', 'dist/index.js', 'dist/index.d.ts']) {
    if (!paths.includes(`package/${path}`)) problems.push(`${name}: ${path} is not in the tarball.`)
  }
}

function checkManifest({ name, manifest }) {
  for (const [field, names] of Object.entries(allowed[name] ?? { dependencies: [], optionalDependencies: [] })) {
    for (const found of Object.keys(manifest[field] ?? {}).filter((dependency) => !names.includes(dependency))) {
      problems.push(`${name}: ${found} is in ${field}. Users pay for it: write an ADR, then allow it in this script.`)
    }
    for (const [dependency, range] of Object.entries(manifest[field] ?? {})) {
      if (/^(workspace|catalog|file|link):/.test(range)) {
        problems.push(`${name}: ${field} has ${dependency} ${range}, which only this repository understands.`)
      }
    }
  }
  for (const script of installScripts.filter((found) => manifest.scripts?.[found] !== undefined)) {
    problems.push(`${name}: has a script '${script}'. Nothing of ours runs when it is installed.`)
  }
  if (manifest.type !== 'module') problems.push(`${name}: is not an ES module ("type": "module").`)
  if (JSON.stringify(manifest.exports).includes('/src/')) {
    problems.push(`${name}: exports name src/, which is not published. Add the subpath to publishConfig.exports.`)
  }
  const source = readJson(join(root, 'packages', name.split('/')[1], 'package.json'))
  const missing = Object.keys(source.exports).filter((subpath) => manifest.exports[subpath] === undefined)
  for (const subpath of missing) problems.push(`${name}: ${subpath} is missing in publishConfig.exports.`)
}

function runTool(tool, args, { name }) {
  const env = { ...process.env, FORCE_COLOR: '0' }
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), args, { env, encoding: 'utf8' })
  if (status === 0) console.log(`${name}: ${tool} finds no fault`)
  else problems.push(`${name}: ${tool} says\n${stdout}${stderr}`)
}

// The unpacked tarballs stand beside the repository's copies of what a user would install with them.
function checkLoading({ name, folder, manifest }, packages) {
  for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    const link = join(work, 'node_modules', dependency)
    if (packages.some((own) => own.name === dependency) || existsSync(link)) continue
    const copy = [folder, root].map((from) => join(from, 'node_modules', dependency)).find((path) => existsSync(path))
    if (copy === undefined) continue
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(realpathSync(copy), link, 'dir')
  }
  const print = 'console.log(JSON.stringify(Object.keys(m).filter((k) => k !== "__esModule").sort()))'
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    if (subpath.endsWith('.json') || notLoadable.test(subpath)) continue
    const specifier = name + subpath.slice(1)
    if (target.default === undefined) problems.push(`${specifier}: has no default condition, so nobody can load it.`)
    const imported = load('main.mjs', `import * as m from '${specifier}'\n${print}\n`)
    const required = load('main.cjs', `const m = require('${specifier}')\n${print}\n`)
    for (const [how, { error }] of [
      ['import', imported],
      ['require()', required],
    ]) {
      if (error !== undefined) problems.push(`${specifier}: ${how} fails:\n${error}`)
    }
    if (imported.names === undefined || required.names === undefined) continue
    if (imported.names === '[]') problems.push(`${specifier}: exports nothing at run time.`)
    if (imported.names !== required.names) {
      problems.push(`${specifier}: import gives ${imported.names}, require() gives ${required.names}.`)
    } else console.log(`${specifier}: import and require() both give ${JSON.parse(imported.names).length} names`)
  }
}

function load(file, text) {
  writeFileSync(join(work, file), text)
  const env = { ...process.env, NODE_OPTIONS: '', NODE_PATH: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: work, env, encoding: 'utf8' })
  return status === 0 ? { names: stdout.trim() } : { error: stderr.trim() }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
