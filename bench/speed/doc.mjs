import { marshall } from '@aws-sdk/util-dynamodb'
/** Turn a DocumentClient-level input into the AttributeValue input, doing the marshalling lib-dynamodb would do. */
export function docToAV(opts) {
  const m = (x) => (x === undefined ? undefined : marshall(x, opts))
  const one = (x) => {
    const o = { ...x }
    if (o.Item) o.Item = m(o.Item)
    if (o.Key) o.Key = m(o.Key)
    if (o.ExpressionAttributeValues) o.ExpressionAttributeValues = m(o.ExpressionAttributeValues)
    return o
  }
  return (op, input) => {
    if (op === 'batch') {
      const RequestItems = {}
      for (const t in input.RequestItems)
        RequestItems[t] = input.RequestItems[t].map((r) => ({ PutRequest: { Item: m(r.PutRequest.Item) } }))
      return { ...input, RequestItems }
    }
    if (op === 'transact') {
      return {
        ...input,
        TransactItems: input.TransactItems.map((r) => {
          const k = Object.keys(r)[0]
          return { [k]: one(r[k]) }
        }),
      }
    }
    return one(input)
  }
}
