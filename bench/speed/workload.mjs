// One workload for every peer: same entity, same data, same six operations.
export const TABLE = 'app'
export const GSI = 'gsi1'
export const STATUSES = ['PENDING', 'PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED']
// Key templates
export const pkOf = (customerId) => 'CUSTOMER#' + customerId
export const skOf = (orderDate, orderId) => 'ORDER#' + orderDate + '#' + orderId
export const gpkOf = (status) => 'STATUS#' + status
export const gskOf = (orderDate) => 'DATE#' + orderDate
const CITIES = ['Berlin', 'München', 'Köln', 'São Paulo', 'Lyon', 'Oslo', 'Porto']
const NAMES = [
  'USB-C cable 2m',
  'Mechanical keyboard "tenkeyless"',
  'Desk lamp',
  'Notebook A5, dotted',
  'Headphones ANC',
  'Café mug',
]
export function makeOrder(i) {
  const day = String((i % 28) + 1).padStart(2, '0')
  const mon = String((((i / 28) | 0) % 12) + 1).padStart(2, '0')
  const date = `2024-${mon}-${day}T10:${String(i % 60).padStart(2, '0')}:15.250Z`
  const lines = []
  let total = 0
  for (let k = 0; k < 5; k++) {
    const qty = ((i + k) % 3) + 1
    const priceCents = 499 + ((i * 37 + k * 911) % 9000)
    total += qty * priceCents
    const l = { sku: `SKU-${(i * 7 + k) % 10000}-${k}`, name: NAMES[(i + k) % NAMES.length], qty, priceCents }
    if ((i + k) % 4 === 0) l.giftWrap = true
    lines.push(l)
  }
  const o = {
    customerId: `c-${String(i % 500).padStart(6, '0')}`,
    orderId: `01HZX${String(i).padStart(21, '0')}`,
    orderDate: date,
    status: STATUSES[i % STATUSES.length],
    currency: 'EUR',
    totalCents: total,
    itemCount: 5,
    isGift: i % 3 === 0,
    tags: new Set(['web', 'campaign-' + (i % 9), i % 2 ? 'returning' : 'new']),
    shippingAddress: {
      street: `${i % 200} Lindenstraße`,
      city: CITIES[i % CITIES.length],
      zip: String(10000 + (i % 89999)),
      country: 'DE',
    },
    lines,
    createdAt: date,
    updatedAt: date,
    version: (i % 7) + 1,
  }
  if (i % 2 === 0) o.notes = `Please leave at the door, floor ${i % 10}.\nThank you`
  if (i % 4 !== 1) o.couponCode = `SAVE${i % 30}`
  return o
}
export const makeOrders = (n, from = 0) => Array.from({ length: n }, (_, i) => makeOrder(from + i))
export const keyOf = (o) => ({ customerId: o.customerId, orderDate: o.orderDate, orderId: o.orderId })
export const makeUpdate = (o) => ({
  ...keyOf(o),
  notes: 'Updated: ring the bell',
  updatedAt: '2024-12-31T23:59:59.000Z',
  isGift: true,
  addVersion: 1,
  expectVersion: o.version,
})
export const makeQuery = () => ({
  status: 'PAID',
  from: '2024-01-01T00:00:00.000Z',
  to: '2024-12-31T23:59:59.999Z',
  minTotal: 5000,
})
/** 4 puts, 3 conditional updates, 2 deletes, 1 condition check — ten distinct items */
export function makeTx(orders) {
  const o = orders
  return [
    { t: 'put', order: o[0] },
    { t: 'put', order: o[1] },
    { t: 'put', order: o[2] },
    { t: 'put', order: o[3] },
    { t: 'update', u: makeUpdate(o[4]) },
    { t: 'update', u: makeUpdate(o[5]) },
    { t: 'update', u: makeUpdate(o[6]) },
    { t: 'delete', key: keyOf(o[7]) },
    { t: 'delete', key: keyOf(o[8]) },
    { t: 'check', key: keyOf(o[9]), status: o[9].status },
  ]
}
export function refAV(v) {
  if (typeof v === 'string') return { S: v }
  if (typeof v === 'number') return { N: String(v) }
  if (typeof v === 'boolean') return { BOOL: v }
  if (v instanceof Set) return { SS: [...v].sort() }
  if (Array.isArray(v)) return { L: v.map(refAV) }
  const M = {}
  for (const [k, x] of Object.entries(v)) if (x !== undefined) M[k] = refAV(x)
  return { M }
}
export function refItem(o) {
  return {
    ...refAV(o).M,
    pk: { S: pkOf(o.customerId) },
    sk: { S: skOf(o.orderDate, o.orderId) },
    gsi1pk: { S: gpkOf(o.status) },
    gsi1sk: { S: gskOf(o.orderDate) },
  }
}
export const refKey = (k) => ({ pk: { S: pkOf(k.customerId) }, sk: { S: skOf(k.orderDate, k.orderId) } })
/** Plain-JSON canonical form of a decoded order; used only by checks, never in a timed path. */
export function canon(x) {
  const out = {}
  for (const k of [
    'customerId',
    'orderId',
    'orderDate',
    'status',
    'currency',
    'totalCents',
    'itemCount',
    'isGift',
    'notes',
    'couponCode',
    'shippingAddress',
    'lines',
    'createdAt',
    'updatedAt',
    'version',
  ]) {
    const v = x[k]
    if (v === undefined) continue
    out[k] = v instanceof Date ? v.toISOString() : v
  }
  out.tags = [...(x.tags ?? [])].sort()
  return JSON.parse(JSON.stringify(out))
}
export const CREATE_TABLE = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: GSI,
      KeySchema: [
        { AttributeName: 'gsi1pk', KeyType: 'HASH' },
        { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
}
