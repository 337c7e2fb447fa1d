// The values of a schema of whole numbers between two bounds.
import type { AttributeValue } from '../types/attribute-value.js'
import type { ZodSchema } from './zod-schema.js'

interface BoundCheck {
  readonly check?: string
  readonly format?: string
  readonly value?: unknown
  readonly inclusive?: boolean
}

// More are no list of values any more.
const most = 256

/** All of them, where they are few: `z.int().min(0).max(9)`. */
export function wholeNumbersOf({ _zod: { def } }: ZodSchema): readonly AttributeValue[] | undefined {
  if (def.type !== 'number' && def.type !== 'bigint') return undefined
  const checks = [def, ...(def.checks ?? []).map(({ _zod }) => _zod.def)] as readonly BoundCheck[]
  const isWhole =
    def.type === 'bigint' ||
    checks.some(({ check, format = '' }) => check === 'number_format' && !format.startsWith('float'))
  const lower = bounds(checks, 'greater_than', 1)
  const upper = bounds(checks, 'less_than', -1)
  if (!isWhole || lower.length === 0 || upper.length === 0) return undefined
  const least = Math.max(...lower)
  const count = Math.min(...upper) - least + 1
  if (!(count >= 1 && count <= most)) return undefined
  return Array.from({ length: count }, (_, index) => ({ N: String(least + index) }))
}

/** The least or greatest whole numbers that the bounds of one side let through. */
function bounds(checks: readonly BoundCheck[], kind: string, inward: 1 | -1): number[] {
  return checks.flatMap(({ check, value, inclusive }) => {
    if (check !== kind || (typeof value !== 'number' && typeof value !== 'bigint')) return []
    const bound = Number(value)
    const whole = inward === 1 ? Math.ceil(bound) : Math.floor(bound)
    return [whole === bound && inclusive === false ? whole + inward : whole]
  })
}
