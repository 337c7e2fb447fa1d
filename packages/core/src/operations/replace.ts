// replace: all that is known of an item that must exist.
import { InputError } from '../errors/input-error.js'
import type { Model } from '../model/model.js'
import { checkVersioned } from './given.js'
import { checkOptions, flag } from './options.js'
import { type OverwriteOptions, planOverwrite } from './overwrite.js'
import type { ItemPlan } from './plan.js'
import { encodeWritten, type WrittenItem } from './written-item.js'

const optionNames = ['condition', 'given', 'ignoreVersion', 'returning', 'returnOnFailure', 'once']

/** Plans an UpdateItem that leaves nothing of the known attributes as it was, and all others. */
export function planReplace(model: Model, item: unknown, options?: OverwriteOptions): ItemPlan {
  return planWrittenReplace(model, encodeWritten(model, `${model.name}.replace`, item), options)
}

/** Plans the replace by an item that is encoded already. */
export function planWrittenReplace(model: Model, written: WrittenItem, options: OverwriteOptions = {}): ItemPlan {
  const operation = `${model.name}.replace`
  checkOptions(operation, options, optionNames)
  const ignoreVersion = flag(operation, 'ignoreVersion', options.ignoreVersion, false)
  if (ignoreVersion) {
    checkVersioned(model, operation, 'ignoreVersion')
    if (options.given !== undefined)
      throw new InputError(operation, ['given'], 'no such option beside ignoreVersion', 'one')
  }
  flag(operation, 'returnOnFailure', options.returnOnFailure, true)
  return planOverwrite(model, 'replace', written, { ...options, ignoreVersion })
}
