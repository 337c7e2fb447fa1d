// The sample data: always the same, large enough, and valid before a table has seen it.
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { accessPatterns } from '../src/access-patterns.js'
import { generateShopData } from '../src/data/generate.js'
import { readShopData, textsOf, today } from '../src/data/shop-data.js'
import { putsOf } from '../src/load.js'

const data = await readShopData()

describe('the sample data', () => {
  test('is what the generator makes, byte by byte', async () => {
    for (const { file, text } of textsOf(generateShopData())) expect(await readFile(file, 'utf8')).toBe(text)
  })

  test('is other data from another seed', () => {
    expect(textsOf(generateShopData(1))).not.toEqual(textsOf(generateShopData(2)))
  })

  test('has 1,000 items at least, of seven entities, each under a key of its own', () => {
    const puts = putsOf(data)
    const keys = puts.map((put) => {
      const request = put.request()
      if (request.operation !== 'PutItem') throw new Error(`${request.operation} is no put`)
      return `${request.input.Item?.['pk']?.S ?? ''} ${request.input.Item?.['sk']?.S ?? ''}`
    })
    expect(puts.length).toBeGreaterThanOrEqual(1000)
    expect(new Set(puts.map(({ entity }) => entity)).size).toBe(7)
    expect(new Set(keys).size).toBe(puts.length)
  })

  test('covers two years up to today', () => {
    const times = data.orders.map(({ placedAt }) => placedAt.getTime())
    expect(new Date(Math.min(...times)).toISOString().slice(0, 7)).toBe('2024-11')
    expect(Math.max(...times)).toBeLessThanOrEqual(today.getTime())
  })

  test('has keys that need escaping: accents stay, spaces and # do not', () => {
    const requests = JSON.stringify(putsOf(data).map((put) => put.request().input))
    expect(requests).toContain('ADDRESS#Appartement$20$2312')
    expect(requests).toContain('ADDRESS#Büro$20$232')
    expect(requests).toContain('CATEGORY#Comics$20from$20$231')
    expect(requests).toContain('CATEGORY#Café$20&$20Thé')
  })

  test('agrees with itself', () => {
    const orders = new Map(data.orders.map((order) => [order.orderId, order]))
    const customers = new Set(data.customers.map(({ customerId }) => customerId))
    for (const { customerId, orderId, total } of data.orders) {
      const lines = data.orderLines.filter((line) => line.orderId === orderId)
      expect(customers).toContain(customerId)
      expect(lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0)).toBe(total)
    }
    for (const { orderId, dueAt, deliveredAt } of data.shipments) {
      const status = orders.get(orderId)?.status
      expect({ status, underWay: dueAt !== undefined, delivered: deliveredAt !== undefined }).toEqual({
        status,
        underWay: status === 'shipped',
        delivered: status === 'delivered',
      })
    }
  })
})

test('there are fifteen access patterns, each with a name of its own, and the README has them all', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  expect(new Set(accessPatterns.map(({ name }) => name)).size).toBe(15)
  for (const { name, question } of accessPatterns)
    expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\| ${question} +\\|`))
})
