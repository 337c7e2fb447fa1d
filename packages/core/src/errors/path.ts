// Paths: where in an item something is.

/** Where in an item something is wrong: attribute names and list positions. */
export type Path = readonly (string | number)[]

/** `lines[0].sku`: a path as one reads it; names that aren't plain words are quoted. */
export function formatPath(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}
