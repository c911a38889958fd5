import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exampleSid } from './twilio-runtime';

/** A reply, or how to fail: close the connection after reading the request, or say nothing. */
export type Reply =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | 'hang up'
  | 'say nothing';

export interface SeenRequest {
  readonly route: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
}

/**
 * An HTTP server that answers as told, for shapes of failure that a healthy TaskRouter does not show. Routes are
 * written below the workspace, `POST /Tasks`; a list of replies is given in turn, its last one for ever. Whatever has
 * no route is not found.
 */
export class TaskRouterDouble {
  readonly requests: SeenRequest[] = [];
  readonly #routes = new Map<string, Reply[]>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets routes and requests. */
  clear(): this {
    this.#routes.clear();
    this.requests.length = 0;
    return this;
  }

  on(route: string, ...replies: Reply[]): this {
    this.#routes.set(route, replies);
    return this;
  }

  sent(route: string): SeenRequest[] {
    return this.requests.filter((request) => request.route === route);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://taskrouter');
    const path = url.pathname.replace(`/v1/Workspaces/${exampleSid('WS')}`, '');
    const route = `${request.method} ${path}`;
    const form = new URLSearchParams(await textOf(request));
    this.requests.push({
      route,
      query: url.searchParams,
      form,
      authorization: request.headers.authorization,
      ifMatch: request.headers['if-match'],
    });
    const replies = this.#routes.get(route);
    const reply = (replies && replies.length > 1 ? replies.shift() : replies?.[0]) ?? notFound(url.pathname);
    if (reply === 'hang up') request.socket.destroy();
    else if (reply !== 'say nothing') send(response, reply);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function send(response: ServerResponse, reply: Exclude<Reply, string>): void {
  const { status = 200, body = {}, headers = {} } = reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function notFound(path: string): Reply {
  return refusal(404, 20404, `The requested resource ${path.replace('/v1', '')} was not found`);
}

/** TaskRouter's error body: https://www.twilio.com/docs/usage/twilios-response */
export function refusal(status: number, code: number, message: string): Reply {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code, message, more_info, status } };
}

/** One page that holds everything. */
export function listOf(key: string, entries: readonly object[]): Reply {
  return { body: { meta: { key, page: 0, page_size: 1000, next_page_url: null }, [key]: entries } };
}
