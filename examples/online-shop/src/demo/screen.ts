// Where the demo prints: headings, tables and a progress bar in a terminal; the same in plain text in a pipe or a file.
import { SingleBar } from 'cli-progress'
import Table from 'cli-table3'
import picocolors from 'picocolors'
import stringWidth from 'string-width'

const widest = 120
const narrowest = 60
const indent = '    '
const gap = 2

/** A terminal, a pipe, or a file. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
  /** Only terminals have it. It knows NO_COLOR. */
  hasColors?(): boolean
}

export class Screen {
  readonly #output: Output
  readonly #colors: ReturnType<typeof picocolors.createColors>

  constructor(output: Output) {
    this.#output = output
    this.#colors = picocolors.createColors(output.isTTY === true && output.hasColors?.() === true)
  }

  print(text = ''): void {
    this.#output.write(`${text}\n`)
  }

  title(text: string): void {
    this.print()
    this.print(this.#colors.bold(text))
    this.print(this.#colors.dim('─'.repeat(stringWidth(text))))
  }

  heading(text: string, detail = ''): void {
    this.print()
    this.print(`${this.#colors.bold(text)}${detail && `  ${detail}`}`)
  }

  /** Small print, under a heading. */
  details(lines: readonly string[]): void {
    for (const line of lines) this.print(indent + this.#colors.dim(truncated(line, this.#width - indent.length)))
  }

  /** Says what was checked and holds. */
  check(text: string): void {
    this.print(`${indent}${this.#colors.green('✔')} ${text}`)
  }

  /** The rows under the names of their columns; of many only the first. */
  table(rows: readonly Readonly<Record<string, string>>[], most = 5): void {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const cells = rows.slice(0, most).map((row) => columns.map((column) => row[column] ?? ''))
    const widths = columns.map((column, index) =>
      Math.max(...[column, ...cells.map((row) => row[index] ?? '')].map((text) => stringWidth(text))),
    )
    const table = new Table({
      head: columns.map((column) => this.#colors.cyan(column)),
      colWidths: fitted(widths, this.#width - indent.length).map((width) => width + gap),
      chars: noLines,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
    })
    table.push(...cells)
    for (const line of table.toString().split('\n')) this.print((indent + line).trimEnd())
    if (rows.length > most) this.print(indent + this.#colors.dim(`… and ${rows.length - most} more`))
  }

  /** A bar that fills while something is done. Without a terminal it stays silent. */
  progress(label: string, total: number): SingleBar {
    const bar = new SingleBar({
      stream: this.#output,
      format: `${indent}${label} {bar} {value} of {total}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      clearOnComplete: true,
    })
    bar.start(total, 0)
    return bar
  }

  get #width(): number {
    // A terminal that doesn't know its width says 0.
    const { columns = 0 } = this.#output
    return columns === 0 ? widest : Math.min(Math.max(columns, narrowest), widest)
  }
}

const noLines = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((place) => [place, '']),
)

/** Takes from the widest column until all of them fit. */
function fitted(widths: readonly number[], room: number): number[] {
  const fit = [...widths]
  const total = (): number => fit.reduce((sum, width) => sum + width + gap, 0)
  while (total() > room && Math.max(...fit) > 1) {
    const widestColumn = fit.indexOf(Math.max(...fit))
    fit[widestColumn] = Math.max(...fit) - 1
  }
  return fit
}

function truncated(text: string, width: number): string {
  let cut = text
  while (stringWidth(cut) > width) cut = `${Array.from(cut).slice(0, -2).join('')}…`
  return cut
}
