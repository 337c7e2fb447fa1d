// Compares what we made with what the SDK made.

/** Whether all that the SDK made is in ours, and the same. */
export function covers(ours: unknown, theirs: unknown): boolean {
  if (typeof theirs !== 'object' || theirs === null) return Object.is(ours, theirs)
  if (typeof ours !== 'object' || ours === null || Array.isArray(ours) !== Array.isArray(theirs)) return false
  const names = Object.keys(theirs)
  if ((Array.isArray(theirs) || ArrayBuffer.isView(theirs)) && names.length !== Object.keys(ours).length) return false
  return names.every((name) => {
    const value = (theirs as Record<string, unknown>)[name]
    return value === undefined || (Object.hasOwn(ours, name) && covers((ours as Record<string, unknown>)[name], value))
  })
}
