// Where an npm package is installed, seen from the project that runs and from this package.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The folder of an installed package, or undefined. Looks from the working directory first. */
export function installedPackage(name: string, from: string = process.cwd()): string | undefined {
  const starts = [pathToFileURL(join(from, 'package.json')), import.meta.url]
  for (const start of starts) {
    // Folders are looked through by hand: a package may keep its package.json out of its exports.
    for (const folder of createRequire(start).resolve.paths(name) ?? []) {
      const found = join(folder, name)
      if (existsSync(join(found, 'package.json'))) return found
    }
  }
  return undefined
}
