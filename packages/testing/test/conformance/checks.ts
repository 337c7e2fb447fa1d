// Every check of the suite.
import type { Check } from './bench.js'
import { expressionChecks } from './expression-checks.js'
import { groupChecks } from './group-checks.js'
import { readChecks } from './read-checks.js'
import { writeChecks } from './write-checks.js'

export const checks: readonly Check[] = [...writeChecks, ...expressionChecks, ...readChecks, ...groupChecks]
