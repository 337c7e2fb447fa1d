// The bare SDK, on a client to which the user has added a middleware.
import { makeRaw } from './raw.mjs'

/** What many have: it looks at each request and changes nothing. */
export function addMiddleware(client) {
  client.middlewareStack.add(
    (next) => async (args) => {
      await undefined
      return next(args)
    },
    { step: 'build', name: 'observer' },
  )
}

export default makeRaw('raw + middleware', {}, addMiddleware)
