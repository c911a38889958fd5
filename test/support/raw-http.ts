import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { limits } from '../../src/common/limits';
import { createPublicServer, finish } from '../../src/host/front/public-server';
import { RequestHandler } from '../../src/host/front/request-handler';
import { maxBodyBytes } from '../../src/host/shared/options';
import { goodCredentials } from './api-bench';
import { startTestTaskRouter } from './start-test-taskrouter';

/** A server that a test speaks to byte by byte. */
export interface RawServer {
  readonly port: number;
  /** Of the largest body that it accepts. */
  readonly maxBodyBytes: number;
  /** The code of its errors for this status. */
  codeOf(status: number): unknown;
  close(): Promise<void>;
}

/** The public side of the Functions host. There is no runtime behind it: a request that is read gets 503. */
export async function startRawHost(requestMs = 30_000): Promise<RawServer> {
  const settings = { host: '127.0.0.1', authToken: 'token', operator: null };
  const handler = new RequestHandler(settings, { ready: async () => undefined }, () => undefined);
  const server: Server = createPublicServer(
    (request, response) => void handler.receive(request, response),
    requestMs,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const codes: Record<number, string> = {
    400: 'malformed_request',
    405: 'method_not_allowed',
    408: 'request_timeout',
    413: 'body_too_large',
    431: 'headers_too_large',
  };
  return {
    port: (server.address() as AddressInfo).port,
    maxBodyBytes,
    codeOf: (status) => codes[status],
    close: () => finish(server, 1000),
  };
}

export async function startRawTaskRouter(requestMs = 30_000): Promise<RawServer> {
  const { url, close } = await startTestTaskRouter({ requestMs });
  return {
    port: Number(new URL(url).port),
    maxBodyBytes: 3 * limits.workflowConfigurationBytes + 65_536,
    codeOf: (status) => ({ 405: 20004, 413: 20413 })[status] ?? 20001,
    close,
  };
}

/** The head of a form POST that both servers know how to refuse, with these headers. */
export function head(...headers: readonly string[]): string {
  const fixed = [
    'Host: 127.0.0.1',
    `Authorization: ${goodCredentials}`,
    'Content-Type: application/x-www-form-urlencoded',
  ];
  return ['POST /v1/Workspaces HTTP/1.1', ...fixed, ...headers, '', ''].join('\r\n');
}

/** A connection on which a test writes what it likes. */
export class RawConnection {
  #received = '';
  #changed: () => void = () => undefined;
  readonly closed: Promise<string>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (text) => {
      this.#received += text;
      this.#changed();
    });
    // A reset after the response is the end of the connection, too.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve(this.#received)));
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  write(text: string): void {
    this.socket.write(text);
  }

  /** Resolves with what was received once it matches, or once the connection is closed. */
  async received(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received) && !this.socket.closed)
      await Promise.race([new Promise<void>((resolve) => (this.#changed = resolve)), this.closed]);
    return this.#received;
  }
}

/** Sends this text and resolves with everything that came back until the connection was closed. */
export async function exchange(port: number, text: string): Promise<string> {
  const connection = await RawConnection.open(port);
  connection.write(text);
  return connection.closed;
}

export const statusOf = (response: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(response)?.[1]);

export const jsonOf = (response: string): Record<string, unknown> =>
  JSON.parse(response.slice(response.indexOf('\r\n\r\n') + 4));
