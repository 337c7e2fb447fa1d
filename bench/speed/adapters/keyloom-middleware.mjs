// Keyloom, on a client to which the user has added a middleware.
import { makeKeyloom } from './keyloom.mjs'
import { addMiddleware } from './raw-middleware.mjs'

export default makeKeyloom('keyloom + middleware', addMiddleware)
