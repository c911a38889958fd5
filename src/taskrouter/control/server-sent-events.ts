import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // The connection ends with the stream, so that the service does not wait for it when it stops.
  connection: 'close',
};

/** Our choice: how soon a browser reconnects after the connection is lost. */
const retryMs = 1000;

/** Writes Server-Sent Events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class ServerSentEvents {
  private full = false;

  constructor(private readonly response: ServerResponse) {
    response.writeHead(200, headers);
    response.write(`retry: ${retryMs}\n\n`);
  }

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** One line of data is enough, because the JSON has no line breaks. */
  send(event: string, data: object, id?: string): void {
    if (!this.isOpen) return;
    const lines = [
      `event: ${event}`,
      ...(id === undefined ? [] : [`id: ${id}`]),
      `data: ${JSON.stringify(data)}`,
    ];
    this.full = !this.response.write(`${lines.join('\n')}\n\n`);
  }

  /** A line without a message. */
  comment(): void {
    if (this.isOpen) this.response.write(':\n\n');
  }

  /** Resolves when the reader has received everything that was sent, or has disconnected. */
  async drained(): Promise<void> {
    if (!this.full || !this.isOpen) return;
    await Promise.race([once(this.response, 'drain'), once(this.response, 'close')]);
    this.full = false;
  }

  onClose(listener: () => void): void {
    this.response.once('close', listener);
  }

  end(): void {
    this.response.end();
  }
}
