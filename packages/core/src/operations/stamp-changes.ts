// What an update does to the managed attributes of a row.
import { type Change, defaultChange } from '../expressions/update.js'
import { type Model, storedName } from '../model/model.js'
import { storedTime } from '../model/stamps.js'
import type { RequestOptions } from '../types/operation.js'
import { timeOf } from './plan.js'
import { nonceOf } from './written-item.js'

/** The version rises, the time is set, a row that has no creation gets one. */
export function stampChanges(model: Model, from: RequestOptions | undefined, mayCreate = true): readonly Change[] {
  const { version, createdAt, updatedAt } = model.managed
  const changes: Change[] = []
  const now = timeOf(from)
  if (createdAt !== undefined && mayCreate)
    changes.push(defaultChange([storedName(model, createdAt)], storedTime(model, createdAt, now)))
  if (updatedAt !== undefined)
    changes.push({ action: 'set', path: [storedName(model, updatedAt)], value: storedTime(model, updatedAt, now) })
  for (const [name, value] of Object.entries(nonceOf(model, from))) changes.push({ action: 'set', path: [name], value })
  // Rows that are older than the option have none: adding begins at 0.
  if (version !== undefined) changes.push({ action: 'add', path: [storedName(model, version)], value: { N: '1' } })
  return changes
}
