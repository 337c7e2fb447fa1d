// What Keyloom relies on in conditions and in the clauses of updates.
import { expect } from 'vitest'
import { L, M, N, S, refusal, type Check, type Item } from './bench.js'

const invalid = 'ValidationException'

function conditions(name: string, item: Item, cases: readonly [string, Item | undefined, boolean][]): Check {
  return {
    name,
    async run(bench) {
      await bench.put(item)
      for (const [condition, values, met] of cases) expect(await bench.meets(condition, values), condition).toBe(met)
    },
  }
}

function updates(name: string, item: Item, steps: readonly [string, Item | undefined, Item][]): Check {
  return {
    name,
    async run(bench) {
      await bench.put(item)
      for (const [expression, values, after] of steps) {
        await bench.update(expression, values)
        expect(await bench.get(), expression).toEqual(after)
      }
    },
  }
}

function refused(name: string, item: Item, cases: readonly [string, Item | undefined][]): Check {
  return {
    name,
    async run(bench) {
      await bench.put(item)
      for (const [expression, values] of cases) {
        expect(await refusal(bench.update(expression, values)), expression).toBe(invalid)
      }
      expect(await bench.get()).toEqual(item)
    },
  }
}

export const expressionChecks: readonly Check[] = [
  conditions('existence, of what is nested too', { m: M({ x: N(1) }), li: L(N(1)) }, [
    ['attribute_exists(m.x)', undefined, true],
    ['attribute_exists(m.y)', undefined, false],
    ['attribute_not_exists(li[1])', undefined, true],
    ['attribute_exists(li[0])', undefined, true],
  ]),
  conditions('comparisons are by type', { s: S('b'), v: N(10), w: N(9) }, [
    ['v > :v', { ':v': N(9) }, true],
    ['v > :v', { ':v': S('1') }, false],
    ['v <> :v', { ':v': S('10') }, true],
    ['v = :v', { ':v': N('10.0') }, true],
    ['v > w', undefined, true],
    ['s BETWEEN :a AND :c', { ':a': S('a'), ':c': S('c') }, true],
    ['s IN (:a, :b)', { ':a': S('a'), ':b': S('b') }, true],
    ['gone <> :v', { ':v': N(1) }, true],
    ['gone = :v', { ':v': N(1) }, false],
  ]),
  conditions('functions of conditions', { s: S('é😀x'), ss: { SS: ['a', 'b'] }, li: L(N(1), N(2)) }, [
    ['begins_with(s, :v)', { ':v': S('é') }, true],
    ['contains(s, :v)', { ':v': S('x') }, true],
    ['contains(ss, :v)', { ':v': S('b') }, true],
    ['contains(li, :v)', { ':v': N(2) }, true],
    ['attribute_type(ss, :v)', { ':v': S('SS') }, true],
    ['size(li) = :v', { ':v': N(2) }, true],
    ['size(gone) >= :v', { ':v': N(0) }, false],
  ]),
  conditions('sets, lists and maps are equal by what they hold', { ss: { SS: ['a', 'b'] }, m: M({ x: L(N(1)) }) }, [
    ['ss = :v', { ':v': { SS: ['b', 'a'] } }, true],
    ['m = :v', { ':v': M({ x: L(N('1.0')) }) }, true],
    ['m = :v', { ':v': M({ x: L(N(2)) }) }, false],
  ]),
  conditions('NOT binds before AND before OR', { v: N(1) }, [
    ['v = :v OR v = :w AND v = :w', { ':v': N(1), ':w': N(2) }, true],
    ['(v = :v OR v = :w) AND v = :w', { ':v': N(1), ':w': N(2) }, false],
    ['NOT v = :w AND v = :v', { ':v': N(1), ':w': N(2) }, true],
  ]),
  {
    name: 'names with dots and reserved words go through placeholders',
    async run(bench) {
      await bench.put({ 'a.b': N(1), name: N(2) })
      expect(await bench.meets('#a = :v', { ':v': N(1) }, { '#a': 'a.b' })).toBe(true)
      expect(await bench.meets('#n = :v', { ':v': N(2) }, { '#n': 'name' })).toBe(true)
      expect(await refusal(bench.meets('name = :v', { ':v': N(2) }))).toBe(invalid)
    },
  },
  {
    name: 'unused and undefined placeholders are refused',
    async run(bench) {
      expect(await refusal(bench.meets('v = :v', { ':v': N(1), ':w': N(1) }))).toBe(invalid)
      expect(await refusal(bench.meets('v = :w', { ':v': N(1) }))).toBe(invalid)
      expect(await refusal(bench.meets('#w = :v', { ':v': N(1) }, { '#x': 'x' }))).toBe(invalid)
    },
  },
  {
    name: 'IN takes 100 operands',
    async run(bench) {
      await bench.put({ v: N(99) })
      const values = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`:v${index}`, N(index)]))
      const listed = (count: number) => Object.keys(values).slice(0, count).join(', ')
      const { ':v100': _last, ...hundred } = values
      expect(await bench.meets(`v IN (${listed(100)})`, hundred)).toBe(true)
      expect(await refusal(bench.meets(`v IN (${listed(101)})`, values))).toBe(invalid)
    },
  },
  {
    name: 'operands of a comparison are distinct',
    async run(bench) {
      await bench.put({ v: N(1) })
      expect(await refusal(bench.meets('v = v'))).toBe(invalid)
      expect(await refusal(bench.meets('#a <> v', undefined, { '#a': 'v' }))).toBe(invalid)
    },
  },
  updates('SET sets, nested and through lists', { m: M({ x: N(1), y: N(2) }), li: L(M({ q: N(1) })) }, [
    ['SET m.x = :v, li[0].q = :v', { ':v': N(5) }, { m: M({ x: N(5), y: N(2) }), li: L(M({ q: N(5) })) }],
  ]),
  updates('SET reads before it writes', { v: N(1), w: N(2) }, [['SET v = w, w = v', undefined, { v: N(2), w: N(1) }]]),
  updates('SET computes', { v: N('0.1') }, [
    ['SET v = v + :v, w = if_not_exists(w, :z) - :v', { ':v': N('0.2'), ':z': N(0) }, { v: N('0.3'), w: N('-0.2') }],
  ]),
  updates('list_append joins both ways', { li: L(N(2)) }, [
    ['SET li = list_append(li, :v)', { ':v': L(N(3)) }, { li: L(N(2), N(3)) }],
    ['SET li = list_append(:v, li)', { ':v': L(N(1)) }, { li: L(N(1), N(2), N(3)) }],
  ]),
  updates('REMOVE removes by the positions before', { li: L(N(0), N(1), N(2)), v: N(1) }, [
    ['REMOVE li[0], li[1], v, gone', undefined, { li: L(N(2)) }],
  ]),
  updates('ADD and DELETE, nested too', { v: N(1), ss: { SS: ['a', 'b'] }, m: M({}) }, [
    [
      'ADD v :v, m.c :v DELETE ss :s',
      { ':v': N(2), ':s': { SS: ['a'] } },
      { v: N(3), ss: { SS: ['b'] }, m: M({ c: N(2) }) },
    ],
    ['DELETE ss :s', { ':s': { SS: ['b'] } }, { v: N(3), m: M({ c: N(2) }) }],
  ]),
  updates('SET behind the end of a list appends', { li: L(N(0)) }, [
    ['SET li[5] = :v', { ':v': N(5) }, { li: L(N(0), N(5)) }],
  ]),
  updates('DELETE compares numbers by value', { ns: { NS: ['1', '2'] } }, [
    ['DELETE ns :v', { ':v': { NS: ['1.0'] } }, { ns: { NS: ['2'] } }],
  ]),
  refused('overlapping paths of an update are refused', { m: M({ x: N(1) }) }, [
    ['SET m = :v, m.x = :v', { ':v': N(1) }],
    ['SET m.x = :v REMOVE m.x', { ':v': N(1) }],
    ['SET m.x = :v, m.x = :v', { ':v': N(1) }],
  ]),
  refused('paths without a parent are refused', { s: S('x') }, [
    ['SET gone.x = :v', { ':v': N(1) }],
    ['SET s.x = :v', { ':v': N(1) }],
    ['SET s[0] = :v', { ':v': N(1) }],
  ]),
  refused('REMOVE of a path without a parent is refused', { s: S('x') }, [['REMOVE gone.x', undefined]]),
  refused('clauses refuse what has the wrong type', { s: S('x'), v: N(1) }, [
    ['ADD s :v', { ':v': N(1) }],
    ['ADD v :v', { ':v': S('1') }],
    ['SET s = s + :v', { ':v': N(1) }],
    ['SET gone = gone + :v', { ':v': N(1) }],
    ['SET s = :v SET v = :v', { ':v': N(1) }],
  ]),
]
