import { expect, test } from 'vitest'
import { quickStart } from '../src/main.js'

test('pays an order once and finds it', async () => {
  const lines: string[] = []
  await quickStart((line) => lines.push(line))
  expect(lines).toEqual([
    'Paid already: Order.update: the condition does not hold for the stored item; `error.item` is that item.',
    'c-1 has paid 40',
  ])
})
