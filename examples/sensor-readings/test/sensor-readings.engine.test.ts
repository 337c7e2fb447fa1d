import { connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test as dynamodbTest } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import { sensorReadings, sensors } from '../src/readings.js'

type Readings = ReturnType<typeof sensorReadings>

const hour = 3_600_000
const start = new Date('2026-02-14T22:00:00Z')
const later = (hours: number) => new Date(start.getTime() + hours * hour)
const ids = ['boiler', 'cellar', 'roof', 'yard', 'attic', 'garage']

const test = dynamodbTest.extend<{ readonly recorded: { readonly readings: Readings; readonly requests: string[] } }>({
  recorded: async ({ dynamodb }, use) => {
    const requests: string[] = []
    const name = await dynamodb.createTable(createTableInput(sensors, { tableName: 'sensors' }))
    const client = dynamodb.createClient()
    client.middlewareStack.add(
      (next) => (args) => {
        requests.push(JSON.stringify(args.input))
        return next(args)
      },
      { step: 'initialize' },
    )
    const readings = sensorReadings(connect({ client, tables: { sensors: name } }))
    // Two and a half days, a reading every two hours, each sensor too hot once.
    for (const [index, sensorId] of ids.entries())
      for (let count = 0; count < 30; count++)
        await readings.record({ sensorId, at: later(2 * count), celsius: count === 5 * index ? 95 : 20 + count })
    requests.length = 0
    await use({ readings, requests })
  },
})

test('a range reads the days that it touches, in order', async ({ recorded: { readings, requests } }) => {
  const found = await readings.history('boiler', later(0), later(4)).all()
  expect(found.map(({ at }) => at)).toEqual([later(0), later(2), later(4)])
  expect(requests).toHaveLength(2)
})

test('the latest readings are taken from the newest day back', async ({ recorded: { readings } }) => {
  const found = await readings.latest('cellar', later(59), 14)
  expect(found.map(({ at }) => at)).toEqual(Array.from({ length: 14 }, (_, index) => later(58 - 2 * index)))
})

test('alarms of all shards come in the order of time', async ({ recorded: { readings } }) => {
  const found = await readings.alarms(later(10)).all()
  expect(found.map(({ sensorId, at }) => [sensorId, at])).toEqual(
    ids.slice(1).map((sensorId, index) => [sensorId, later(10 * (index + 1))]),
  )
})

test('an hour is summed up, twice with the same result', async ({ recorded: { readings } }) => {
  const expected = { sensorId: 'roof', hour: later(2), average: 21, count: 1 }
  expect(await readings.downsample('roof', later(2))).toEqual(expected)
  expect(await readings.downsample('roof', later(2))).toEqual(expected)
  expect(await readings.downsample('roof', later(3))).toBeUndefined()
})
