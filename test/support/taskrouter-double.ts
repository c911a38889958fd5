import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exampleSid } from './twilio-runtime';

/** A response, or a way to fail: close the connection after the request, or never respond. */
export type ScriptedResponse =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | 'close the connection'
  | 'never respond';

interface SeenRequest {
  readonly route: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
}

/**
 * An HTTP server with scripted responses, for failures that a healthy TaskRouter does not show. Routes are relative to
 * the workspace, such as `POST /Tasks`. A list of responses is sent in turn, the last one from then on. Requests without
 * a route get 404.
 */
export class TaskRouterDouble {
  readonly requests: SeenRequest[] = [];
  readonly #routes = new Map<string, ScriptedResponse[]>();
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

  /** Removes all routes and requests. */
  clear(): this {
    this.#routes.clear();
    this.requests.length = 0;
    return this;
  }

  on(route: string, ...responses: ScriptedResponse[]): this {
    this.#routes.set(route, responses);
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
    const responses = this.#routes.get(route);
    const scripted =
      (responses && responses.length > 1 ? responses.shift() : responses?.[0]) ?? notFound(url.pathname);
    if (scripted === 'close the connection') request.socket.destroy();
    else if (scripted !== 'never respond') send(response, scripted);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function send(response: ServerResponse, scripted: Exclude<ScriptedResponse, string>): void {
  const { status = 200, body = {}, headers = {} } = scripted;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function notFound(path: string): ScriptedResponse {
  return errorResponse(404, 20404, `The requested resource ${path.replace('/v1', '')} was not found`);
}

/** TaskRouter's error body: https://www.twilio.com/docs/usage/twilios-response */
export function errorResponse(status: number, code: number, message: string): ScriptedResponse {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code, message, more_info, status } };
}

/** One page with all entries. */
export function listOf(key: string, entries: readonly object[]): ScriptedResponse {
  return { body: { meta: { key, page: 0, page_size: 1000, next_page_url: null }, [key]: entries } };
}
