import {
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { trackConnections } from './finish-requests';

/** How a server treats clients that send too much, too slowly, or no HTTP. */
interface ConnectionLimits {
  /** How long a request may take to arrive, headers and body. Our choice: 30 s. */
  readonly requestMs: number;
  readonly maxBodyBytes: number;
}

export const defaultRequestMs = 30_000;

/** A response with a JSON body. */
export interface JsonResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body: object;
}

/** Why a request could not be read: it is not HTTP, it is CONNECT, it took too long, or its headers are too large. */
export type UnreadableStatus = 400 | 405 | 408 | 431;

/**
 * The options of node:http with which it cuts off requests that take too long; it checks them at intervals. Its response to
 * a request without a Host has no body, so such a request is left to the check of the host names.
 */
export function guardedServer(requestMs: number) {
  return {
    requireHostHeader: false,
    requestTimeout: requestMs,
    headersTimeout: requestMs,
    connectionsCheckingInterval: Math.ceil(Math.min(1000, requestMs / 4)),
  } satisfies ServerOptions;
}

/**
 * Responds to requests that node:http cannot read, and does not invite a body that is too large (`Expect: 100-continue`).
 * @param render the response in the format of this server
 */
export function guardConnections(
  server: Server,
  { maxBodyBytes }: Pick<ConnectionLimits, 'maxBodyBytes'>,
  render: (status: UnreadableStatus) => JsonResponse,
): void {
  trackConnections(server);
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    latest.set(request.socket, response),
  );
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!isTooLarge(request, maxBodyBytes)) response.writeContinue();
    server.emit('request', request, response);
  });
  // An unknown expectation may be ignored: https://www.rfc-editor.org/rfc/rfc9110#name-expect
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    server.emit('request', request, response),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = latest.get(socket);
    const refuseThis = () => refuse(socket, render(statusOf(error.code)));
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    if (!response) return void refuseThis();
    if (!response.req.complete) return void (response.headersSent ? socket.destroy() : refuseThis());
    // The request before is valid, and its response comes first.
    if (response.writableFinished) return void refuseThis();
    response.once('finish', refuseThis);
  });
  // Without a listener, node:http closes the connection.
  server.on('connect', (_request, socket) => refuse(socket, render(405)));
}

const refuse = (socket: Duplex, response: JsonResponse) =>
  socket.end(rawResponse(response), () => socket.destroy());

function statusOf(code: string | undefined): UnreadableStatus {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}

function rawResponse({ status, headers, body }: JsonResponse): string {
  const text = JSON.stringify(body);
  const lines = Object.entries({ ...headers, ...jsonHeaders(text), Connection: 'close' });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    text,
  ].join('\r\n');
}

const jsonHeaders = (text: string) => ({
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': Buffer.byteLength(text),
});

/** Whether the request states a body of more than `maxBytes`. */
export function isTooLarge({ headers }: IncomingMessage, maxBytes: number): boolean {
  return Number(headers['content-length']) > maxBytes;
}

/** Our choice: how long to wait for a client to stop sending after its request was refused, in ms. */
const lingerMs = 2000;

/**
 * Responds while the client may still be sending, and closes the connection. The response is complete with its last byte,
 * but ends only when the client has stopped sending: closing the connection before makes the system reset it, and the
 * client then may not see the response.
 */
export function respondEarly(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: JsonResponse,
): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, { ...headers, ...jsonHeaders(text), Connection: 'close' });
  response.write(text);
  const end = () => response.end();
  const timer = setTimeout(end, lingerMs);
  response.once('close', () => clearTimeout(timer));
  if (request.complete) return void end();
  request.once('end', end);
  request.resume();
}
