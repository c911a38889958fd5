import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A callback as it arrived. */
export interface Callback {
  readonly kind: 'assignment' | 'event';
  readonly taskSid: string;
  /** Such as `task.completed`; empty for an assignment callback. */
  readonly eventType: string;
  /** When its first bytes had arrived, by `performance.now()`. */
  readonly at: number;
}

/** Receives callbacks as a user's Functions do, and accepts every reservation. */
export class Receiver {
  private readonly server: Server;
  /** Called once the response to a callback is handed to the system. */
  onCallback: (callback: Callback) => void = () => undefined;

  private constructor() {
    this.server = createServer((request, response) => {
      const at = performance.now();
      const kind = request.url === '/assignment-callback' ? 'assignment' : 'event';
      textOf(request, (text) => {
        response.setHeader('content-type', 'application/json');
        response.end(kind === 'assignment' ? '{"instruction":"accept"}' : '');
        this.onCallback({ kind, at, taskSid: field(text, 'TaskSid'), eventType: field(text, 'EventType') });
      });
    });
    // The service decides how long its connections live.
    this.server.keepAliveTimeout = 60_000;
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Listeners instead of an iterator, which costs more than the rest of the receiver. */
function textOf(request: IncomingMessage, use: (text: string) => void): void {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => use(text));
}

/** One field of a form. Parsing all forty would cost the load generator more than the request. */
function field(form: string, name: string): string {
  const start = form.startsWith(`${name}=`) ? 0 : form.indexOf(`&${name}=`) + 1;
  if (start === 0 && !form.startsWith(`${name}=`)) return '';
  const end = form.indexOf('&', start);
  return form.slice(start + name.length + 1, end < 0 ? form.length : end);
}
