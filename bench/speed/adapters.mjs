// The adapters by name: ours, the bare SDK that every ratio is taken against, and our peers.

const files = {
  raw: 'raw',
  keyloom: 'keyloom',
  'raw-middleware': 'raw-middleware',
  'keyloom-middleware': 'keyloom-middleware',
  docclient: 'docclient',
  electrodb: 'electrodb',
  toolbox: 'toolbox',
  onetable: 'onetable',
  dynamoose: 'dynamoose',
}

export const names = Object.keys(files)
/** Those that need nothing but the SDK and zod. */
export const local = ['raw', 'keyloom', 'raw-middleware', 'keyloom-middleware', 'docclient']

export async function loadAdapter(name) {
  const { default: adapter } = await import(`./adapters/${files[name]}.mjs`)
  return adapter
}
