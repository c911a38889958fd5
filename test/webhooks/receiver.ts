import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Received {
  readonly method: string;
  /** The URL as a receiver reconstructs it from the request. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly parameters: Readonly<Record<string, string>>;
}
export type Responder = (response: ServerResponse, received: Received, count: number) => void;

/** A receiver of callbacks on a free port of the loopback. */
export class Receiver {
  readonly received: Received[] = [];
  private readonly server: Server;
  private watchers: (() => void)[] = [];

  constructor(private respond: Responder) {
    this.server = createServer(async (request, response) => {
      const body = await text(request);
      const received = {
        method: request.method ?? '',
        url: `http://${request.headers.host}${request.url}`,
        headers: request.headers,
        parameters: Object.fromEntries(new URLSearchParams(body)),
      };
      const count = this.received.push(received);
      this.respond(response, received, count);
      for (const watcher of this.watchers.splice(0)) watcher();
    });
  }

  static async open(respond: Responder): Promise<Receiver> {
    const receiver = new Receiver(respond);
    await new Promise<void>((listening) => receiver.server.listen(0, '127.0.0.1', listening));
    return receiver;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get first(): Received {
    const [first] = this.received;
    if (!first) throw new Error('nothing was received');
    return first;
  }

  /** Resolves once this many requests have arrived. */
  async has(count: number): Promise<void> {
    while (this.received.length < count) await new Promise<void>((watcher) => this.watchers.push(watcher));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((closed) => this.server.close(closed));
  }
}

export const json =
  (body: unknown, contentType = 'application/json'): Responder =>
  (response) =>
    response.writeHead(200, { 'Content-Type': contentType }).end(JSON.stringify(body));

export const status =
  (code: number, headers: Record<string, string> = {}): Responder =>
  (response) =>
    response.writeHead(code, headers).end();

/** Accepts the request and never responds. */
export const hang: Responder = () => undefined;

/** An origin on which no server listens. */
export async function deadOrigin(): Promise<string> {
  const receiver = await Receiver.open(hang);
  const { origin } = receiver;
  await receiver.close();
  return origin;
}
