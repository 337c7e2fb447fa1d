// The names of the codecs that Keyloom brings. They stand on a codec's own function, which stays when a method makes another
// schema of it, and under a registered symbol, for two copies of the package.

const nameBrand = Symbol.for('keyloom.codec')

/** The function that a built-in codec decodes with, under its name. */
export function builtIn<Decode extends object>(name: string, decode: Decode): Decode {
  return Object.defineProperty(decode, nameBrand, { value: name })
}

/** The name of the codec that decodes with a function, `undefined` for a user's own. */
export function builtInName(decode: object | undefined): string | undefined {
  const name: unknown = decode === undefined ? undefined : Reflect.get(decode, nameBrand)
  return typeof name === 'string' ? name : undefined
}
