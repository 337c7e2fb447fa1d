// Readings of many sensors: a partition for each sensor and day, alarms spread over write shards, hourly averages.
import { between, codec, type Db, each, entity, gte, type Item, table } from '@keyloom/core'
import * as z from 'zod'

export const sensors = table('sensors', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
})

/** A day of a sensor is a partition: none grows without end, and a range reads the days that it touches. */
export const Reading = entity('Reading', {
  table: sensors,
  schema: z.object({ sensorId: z.string(), at: codec.date(), celsius: z.number(), alarm: z.boolean().default(false) }),
  key: { partitionKey: 'SENSOR#{sensorId}#{at:day}', sortKey: 'READING#{at}' },
  indexes: {
    // Only alarms are in the index. They come all at once, so they are spread over four partitions.
    alarms: {
      index: 'gsi1',
      partitionKey: 'ALARM#{sensorId:shard(4)}',
      sortKey: '{at}#{sensorId}',
      when: { alarm: true },
    },
  },
})
export type Reading = Item<typeof Reading>

/** What is left of an hour once its readings are of no interest any more. */
export const Hour = entity('Hour', {
  table: sensors,
  schema: z.object({ sensorId: z.string(), hour: codec.date(), average: z.number(), count: z.number() }),
  key: { partitionKey: 'HOURS#{sensorId}#{hour:month}', sortKey: 'HOUR#{hour}' },
})
export type Hour = Item<typeof Hour>

export function sensorReadings(db: Db) {
  const readings = db.for(Reading)
  const hours = db.for(Hour)
  return {
    record: (reading: Omit<Reading, 'alarm'>) => readings.put({ ...reading, alarm: reading.celsius > 90 }),

    /** All readings from one time to another: one request for each day, in order. */
    history: (sensorId: string, from: Date, to: Date) => readings.query({ sensorId, at: between(from, to) }),

    /** The latest readings before a time, newest first, however many days back. */
    latest: (sensorId: string, before: Date, take: number, days = 7) =>
      readings
        .query({ sensorId, at: between(new Date(before.getTime() - days * day), before) }, { reverse: true })
        .all({ take }),

    /** The alarms of all sensors since a time, in their order: the four shards are read at once and merged. */
    alarms: (since: Date) => readings.query.alarms({ sensorId: each(), at: gte(since) }),

    /** Sums up one hour of a sensor. Doing it twice gives the same. */
    async downsample(sensorId: string, hour: Date): Promise<Hour | undefined> {
      const end = new Date(hour.getTime() + 3_600_000 - 1)
      let sum = 0
      let count = 0
      for await (const { celsius } of readings.query({ sensorId, at: between(hour, end) })) {
        sum += celsius
        count++
      }
      return count === 0 ? undefined : hours.put({ sensorId, hour, average: sum / count, count })
    },
  }
}

const day = 86_400_000
