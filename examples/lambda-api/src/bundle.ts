// Bundles the handler as it is deployed: one file, the SDK left to the runtime, which has it.
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

/** Writes the bundle and gives its size in bytes. */
export async function bundle(outfile: string): Promise<number> {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('./handler.ts', import.meta.url))],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['@aws-sdk/*'],
    metafile: true,
  })
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0)
}
