// Reads sources without an order at the same time, and gives out their pages as they come.
import type { ReadSource } from '../operations/read-plan.js'
import type { Attributes } from '../types/attribute-value.js'
import { type Batch, type Mark, type Position, type RowStream } from './position.js'
import type { ReadCall } from './read-call.js'
import { type Fetched, positionOf, SourceReader } from './source-reader.js'

interface Lane {
  readonly ordinal: number
  readonly source: ReadSource
  readonly reader: SourceReader
  /** Where it stands for the caller: what is under way doesn't count yet. */
  key: Attributes | undefined
  isDone: boolean
}

interface Arrival {
  readonly lane: Lane
  readonly fetched: Fetched
}

export class ParallelStream implements RowStream {
  readonly #call: ReadCall
  readonly #lanes: Lane[] = []
  readonly #underWay = new Map<Lane, Promise<Arrival>>()
  #next: number

  constructor(call: ReadCall, { next, marks }: Position) {
    this.#call = call
    this.#next = next
    for (const mark of marks) this.#open(mark)
  }

  async next(wanted: number): Promise<Batch | undefined> {
    this.#begin(wanted)
    if (this.#underWay.size === 0) return undefined
    const { lane, fetched } = await Promise.race(this.#underWay.values())
    this.#underWay.delete(lane)
    const rows = fetched.rows.map((row) => ({ ordinal: lane.ordinal, source: lane.source, row }))
    lane.key = lane.reader.position
    lane.isDone = lane.reader.isDone
    return {
      ...fetched,
      rows,
      after: this.#position(),
      afterRow: (index) => {
        const own: Mark = { ordinal: lane.ordinal, key: positionOf(lane.source, rows[index]?.row ?? {}) }
        return { next: this.#next, marks: [...this.#marks(lane), own] }
      },
    }
  }

  /** Begins as many requests as there may be at a time: those of sources that are under way first. */
  #begin(wanted: number): void {
    const { plan } = this.#call
    // What is read and not given out is read again: with so many wanted, one source after the other is enough.
    const most = wanted === Infinity ? plan.concurrency : 1
    for (;;) {
      if (this.#underWay.size >= most || this.#call.pagesLeft <= 0) return
      const idle = this.#lanes.find((lane) => !lane.isDone && !this.#underWay.has(lane))
      if (idle === undefined && this.#next >= plan.count) return
      const lane = idle ?? this.#open({ ordinal: this.#next++, key: undefined })
      const arrival = lane.reader.read(wanted).then((fetched) => ({ lane, fetched }))
      arrival.catch(() => undefined)
      this.#underWay.set(lane, arrival)
    }
  }

  #open({ ordinal, key }: Mark): Lane {
    const source = this.#call.plan.source(ordinal)
    const reader = new SourceReader(this.#call, source, { key, beside: undefined })
    const lane: Lane = { ordinal, source, reader, key, isDone: false }
    this.#lanes.push(lane)
    return lane
  }

  #position(): Position | undefined {
    const marks = this.#marks()
    return marks.length === 0 && this.#next >= this.#call.plan.count ? undefined : { next: this.#next, marks }
  }

  #marks(other?: Lane): Mark[] {
    const open = this.#lanes.filter((lane) => !lane.isDone && lane !== other)
    return open.map(({ ordinal, key }) => ({ ordinal, key }))
  }
}
