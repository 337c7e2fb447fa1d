// What the checker does for a library: projects of many entities, and the differences between them.
import { compile, makeProject } from '../shared/consumer.mjs'

/**
 * Compiles the projects of one library, and derives its figures. Instantiations are counts, the same in every run.
 *
 * - `whole`: all entities with four calls each.
 * - `call`: one call more, of four kinds, on entities that have been used before.
 * - `entity`: all the rest, however late it is resolved, less what the library's schemas cost alone where they are zod's.
 */
export function measure(folder, name, library, packages, { entities, runs }) {
  const project = (kind, part) => {
    const files = { 'shared.ts': library.shared }
    for (let index = 0; index < entities; index++) files[`entity${index}.ts`] = part(index)
    return makeProject(folder, `${name}/${kind}`, { files, packages })
  }
  const count = (kind, part) => {
    const { errors, instantiations } = compile(project(kind, part), '5.9')
    if (errors.length > 0) throw new Error(`${name}/${kind} does not compile:\n${errors.slice(0, 5).join('\n')}`)
    return instantiations
  }
  const used = (index) => library.definition(index) + library.calls(index, 1)
  const empty = count('empty', () => 'export {}\n')
  const schemas = library.schema === undefined ? empty : count('schemas', library.schema)
  const twice = count('twice', (index) => used(index) + library.calls(index, 2))
  // A wrong call must be one, or the types that we count are worth nothing.
  count('wrong', (index) => used(index) + (index === 0 ? library.wrong(index) : ''))
  const whole = project('whole', used)
  const runsOf = (version) => Array.from({ length: runs }, () => compile(whole, version))
  const [first, ...others] = runsOf('5.9')
  const calls = twice - first.instantiations
  return {
    whole: first.instantiations,
    call: calls / entities / 4,
    schema: (schemas - empty) / entities,
    entity: (first.instantiations - calls - schemas) / entities,
    checkSeconds: Math.min(first.checkSeconds, ...others.map((run) => run.checkSeconds)),
    nativeSeconds: Math.min(...runsOf('7').map((run) => run.seconds)),
    megabytes: first.megabytes,
  }
}
