import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../simulation/random';

/** A reservation that its worker may accept. */
export interface Offer {
  readonly reservationSid: string;
  readonly taskSid: string;
}

/** One callback, however often it came. */
interface Received {
  readonly tokens: Set<string>;
  times: number;
  /** By the number of times that the service had started. */
  latestRun: number;
}

/** Receives all callbacks in this process, and responds to each as an application would: soon, late, or with an error. */
export class Receiver {
  /** Reservations that nobody has replied to, the oldest first. */
  readonly offers: Offer[] = [];
  received = 0;
  repeated = 0;
  run = 0;
  private readonly callbacks = new Map<string, Received>();
  private readonly server = createServer((request, response) => void this.receive(request, response));

  constructor(private readonly random: Random) {}

  /** @returns the URL to which callbacks go */
  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  has(sid: string): boolean {
    return this.callbacks.has(sid);
  }

  /** Whether the callback came since the service last started. */
  hasInThisRun(sid: string): boolean {
    return this.callbacks.get(sid)?.latestRun === this.run;
  }

  /** The callbacks that came with more than one token, which would make an application handle them twice. */
  withSeveralTokens(): string[] {
    return [...this.callbacks].filter(([, { tokens }]) => tokens.size > 1).map(([sid]) => sid);
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const parameters = new URLSearchParams(Buffer.concat(chunks).toString());
      const token = String(request.headers['i-twilio-idempotency-token']);
      const isAssignment = !parameters.has('EventType');
      const sid = parameters.get(isAssignment ? 'ReservationSid' : 'Sid');
      if (sid) this.note(sid, token);
      if (isAssignment) await this.respond(parameters, response);
      else response.end();
    } catch {
      // The service was killed.
    }
  }

  private note(sid: string, token: string): void {
    const known = this.callbacks.get(sid) ?? { tokens: new Set(), times: 0, latestRun: 0 };
    known.tokens.add(token);
    known.times += 1;
    known.latestRun = this.run;
    this.callbacks.set(sid, known);
    this.received += 1;
    if (known.times > 1) this.repeated += 1;
  }

  private async respond(parameters: URLSearchParams, response: ServerResponse): Promise<void> {
    const way = this.random.weighted({ nothing: 60, accept: 10, late: 20, error: 3 });
    if (way === 'late') await wait(this.random.integer(20, 300));
    if (way === 'nothing' || way === 'late')
      this.offers.push({
        reservationSid: String(parameters.get('ReservationSid')),
        taskSid: String(parameters.get('TaskSid')),
      });
    response.writeHead(way === 'error' ? 500 : 200, { 'Content-Type': 'application/json' });
    response.end(way === 'accept' ? '{"instruction":"accept"}' : '{}');
  }
}
