// Builds every package from nothing with the native TypeScript compiler, and prints what came out.
import { Buffer } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const outputs = readdirSync(join(root, 'packages')).map((name) => [name, join(root, 'packages', name, 'dist')])

// `tsc -b` leaves the output of deleted sources behind, and it would be published.
deleteOutputs()

const compiler = join(root, 'node_modules/typescript7/bin/tsc')
const { status } = spawnSync(process.execPath, [compiler, '-b', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (status !== 0) {
  // Half a build must not be packed.
  deleteOutputs()
  process.exit(status ?? 1)
}

for (const [name, dist] of outputs) {
  if (!existsSync(dist)) {
    console.error(`packages/${name} has no dist: is it missing in tsconfig.build.json?`)
    process.exit(1)
  }
  // It speeds up the next `tsc -b`, which never comes: dist is deleted first. It doesn't belong in a tarball.
  rmSync(join(dist, '.tsbuildinfo'), { force: true })
  console.log(`packages/${name}  ${describe(dist, '.js')}  ${describe(dist, '.d.ts')}`)
}

function deleteOutputs() {
  for (const [, dist] of outputs) rmSync(dist, { recursive: true, force: true })
}

function describe(dist, extension) {
  const paths = readdirSync(dist, { recursive: true }).filter((path) => path.endsWith(extension))
  const texts = paths.map((path) => readFileSync(join(dist, path)))
  const all = Buffer.concat(texts)
  return `${paths.length} ${extension} files, ${kilobytes(all)} kB (${kilobytes(gzipSync(all))} kB gzipped)`
}

function kilobytes(buffer) {
  return (buffer.length / 1000).toFixed(1)
}
