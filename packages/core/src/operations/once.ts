// once: a write that is sent as a transaction of its own, whose token makes all of its attempts one.
import { InputError } from '../errors/input-error.js'
import type { Request, RequestOptions } from '../types/operation.js'
import { kindOf } from '../values/codec.js'
import { checkOptions } from './options.js'
import type { ItemPlan } from './plan.js'
import { transactWriteItems } from './transact-item.js'

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const longestToken = 36

/** The plan of a write, as a transaction if it is to happen once; `returns` is whether it asks for something that is stored. */
export function withOnce(plan: ItemPlan, operation: string, once: unknown, returns: boolean): ItemPlan {
  if (once === undefined || once === false) return plan
  if (returns)
    throw new InputError(operation, ['returning'], 'no such option beside once: a transaction gives none', 'one')
  const token = once === true ? undefined : givenToken(operation, once)
  return { ...plan, repeat: 'same', request: (from) => transaction(plan.request(from), token, from) }
}

function givenToken(operation: string, once: unknown): string {
  if (typeof once !== 'object' || once === null)
    throw new InputError(operation, ['once'], 'true, or an object with a token', kindOf(once))
  checkOptions(operation, once, ['token'])
  const { token } = once as { readonly token?: unknown }
  if (typeof token === 'string' && token.length >= 1 && token.length <= longestToken) return token
  throw new InputError(operation, ['once', 'token'], `a string of 1 to ${longestToken} characters`, kindOf(token))
}

function transaction(request: Request, given: string | undefined, from: RequestOptions | undefined): Request {
  const token = given ?? from?.nonce
  return {
    operation: 'TransactWriteItems',
    input: {
      TransactItems: [...transactWriteItems(request)],
      ...(token !== undefined && { ClientRequestToken: token }),
    },
  }
}
