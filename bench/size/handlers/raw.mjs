import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
const client = new DynamoDBClient({})
const TableName = process.env.TABLE ?? 'app'
const toAV = (o) => ({
  pk: { S: 'CUSTOMER#' + o.customerId },
  sk: { S: 'ORDER#' + o.orderDate + '#' + o.orderId },
  gsi1pk: { S: 'STATUS#' + o.status },
  gsi1sk: { S: 'DATE#' + o.orderDate },
  customerId: { S: o.customerId },
  orderId: { S: o.orderId },
  orderDate: { S: o.orderDate },
  status: { S: o.status },
  totalCents: { N: '' + o.totalCents },
  tags: { SS: [...o.tags] },
  lines: { L: o.lines.map((l) => ({ M: { sku: { S: l.sku }, qty: { N: '' + l.qty } } })) },
  ...(o.notes !== undefined && { notes: { S: o.notes } }),
})
const fromAV = (i) => ({
  customerId: i.customerId.S,
  orderId: i.orderId.S,
  orderDate: i.orderDate.S,
  status: i.status.S,
  totalCents: +i.totalCents.N,
  tags: new Set(i.tags.SS),
  lines: i.lines.L.map((l) => ({ sku: l.M.sku.S, qty: +l.M.qty.N })),
  ...(i.notes && { notes: i.notes.S }),
})
export const handler = async (e) => {
  if (e.op === 'put') return client.send(new PutItemCommand({ TableName, Item: toAV(e.order) }))
  if (e.op === 'get') {
    const r = await client.send(
      new GetItemCommand({
        TableName,
        Key: { pk: { S: 'CUSTOMER#' + e.customerId }, sk: { S: 'ORDER#' + e.orderDate + '#' + e.orderId } },
      }),
    )
    return r.Item && fromAV(r.Item)
  }
  const r = await client.send(
    new QueryCommand({
      TableName,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :p AND gsi1sk BETWEEN :a AND :b',
      ExpressionAttributeValues: {
        ':p': { S: 'STATUS#' + e.status },
        ':a': { S: 'DATE#' + e.from },
        ':b': { S: 'DATE#' + e.to },
      },
    }),
  )
  return r.Items.map(fromAV)
}
