// The HTTP side: routes, status codes, and which error is whose fault.
import { isError } from '@keyloom/core'
import type { Notes } from './notes.js'

/** What is used of an event of API Gateway's HTTP API, payload version 2.0. */
export interface HttpEvent {
  readonly routeKey: string
  readonly pathParameters?: Readonly<Record<string, string>>
  readonly queryStringParameters?: Readonly<Record<string, string>>
  readonly body?: string
  readonly requestContext: { readonly authorizer: { readonly jwt: { readonly claims: { readonly sub: string } } } }
}

export interface HttpResponse {
  readonly statusCode: number
  readonly body: string
}

/** A function from events to responses. What it throws is a fault of the service, and the runtime's to report. */
export function apiOf(notes: Notes): (event: HttpEvent) => Promise<HttpResponse> {
  return async (event) => {
    try {
      return await respond(notes, event)
    } catch (error) {
      // A value that the schema refuses, and a cursor of somebody else, are faults of the caller.
      if (isError(error, 'input')) return json(400, { message: `${error.path.join('.')}: expected ${error.expected}` })
      if (isError(error, 'cursor')) return json(400, { message: error.message })
      throw error
    }
  }
}

async function respond(notes: Notes, event: HttpEvent): Promise<HttpResponse> {
  const userId = event.requestContext.authorizer.jwt.claims.sub
  const noteId = event.pathParameters?.['noteId'] ?? ''
  switch (event.routeKey) {
    case 'POST /notes':
      return json(201, await notes.write(userId, textOf(event.body)))
    case 'GET /notes': {
      const { items, cursor } = await notes.list(userId, 20, event.queryStringParameters?.['cursor'])
      return json(200, { notes: items, cursor })
    }
    case 'GET /notes/{noteId}':
      return found(await notes.read(userId, noteId))
    case 'DELETE /notes/{noteId}':
      return found(await notes.remove(userId, noteId))
    default:
      return json(404, { message: 'there is no such route' })
  }
}

// Whatever it is, the schema has the last word.
function textOf(body = '{}'): string {
  return (JSON.parse(body) as { text: string }).text
}

function found(note: object | undefined): HttpResponse {
  return note === undefined ? json(404, { message: 'there is no such note' }) : json(200, note)
}

function json(statusCode: number, body: object): HttpResponse {
  return { statusCode, body: JSON.stringify(body) }
}
