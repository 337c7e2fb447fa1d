// Tasks of a team by hand: keys, expressions and types are put together where they are needed.
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Task, Tasks } from './tasks.js'

const keyOf = (team: string, id: string) => ({ pk: `TEAM#${team}`, sk: `TASK#${id}` })
const indexOf = (task: Task) => ({ gsi1pk: `TEAM#${task.team}#${task.state}`, gsi1sk: task.due.toISOString() })
// Whoever adds an attribute must not forget to take it away here.
const taskOf = ({ pk: _pk, sk: _sk, gsi1pk: _gsi1pk, gsi1sk: _gsi1sk, ...row }: Record<string, unknown>) =>
  ({ ...row, due: new Date(row['due'] as string) }) as Task

export function tasksByHand(client: DynamoDBDocumentClient, TableName: string): Tasks {
  return {
    async add(task) {
      const Item = { ...keyOf(task.team, task.id), ...indexOf(task), ...task, due: task.due.toISOString() }
      await client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }))
    },
    async get(team, id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(team, id) }))
      return Item && taskOf(Item)
    },
    async finish(team, id) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(team, id),
          // `state` is a reserved word; gsi1pk is easily forgotten, and then the index lies.
          UpdateExpression: 'SET #state = :done, gsi1pk = :index',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':done': 'done', ':index': `TEAM#${team}#done` },
        }),
      )
    },
    async due(team, before) {
      const tasks: Task[] = []
      let ExclusiveStartKey: Record<string, unknown> | undefined
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            IndexName: 'gsi1',
            KeyConditionExpression: 'gsi1pk = :pk AND gsi1sk < :before',
            ExpressionAttributeValues: { ':pk': `TEAM#${team}#open`, ':before': before.toISOString() },
            ExclusiveStartKey,
          }),
        )
        tasks.push(...(page.Items ?? []).map(taskOf))
        ExclusiveStartKey = page.LastEvaluatedKey
      } while (ExclusiveStartKey !== undefined)
      return tasks
    },
  }
}
