import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A connection to the WebSocket of the event bridge, without the SDK. */
export class BridgeSocket {
  /** Everything received, as text. */
  readonly received: string[] = [];
  private readonly socket: WebSocket;

  constructor(serviceUrl: string, query: Readonly<Record<string, string>>, headers: object = {}) {
    const url = `${serviceUrl.replace(/^http/, 'ws')}/v1/wschannels?${new URLSearchParams(query)}`;
    this.socket = new WebSocket(url, { headers: headers as Record<string, string> });
    this.socket.on('message', (data) => this.received.push(String(data)));
    this.socket.on('error', () => undefined);
    BridgeSocket.open.add(this);
  }

  private static readonly open = new Set<BridgeSocket>();

  static closeAll(): void {
    for (const each of BridgeSocket.open) each.socket.terminate();
    BridgeSocket.open.clear();
  }

  /** Resolves with the message once it is received. */
  async message(type: string): Promise<{ readonly event_type: string; readonly payload: Payload }> {
    for (;;) {
      const found = this.messages().find(({ event_type }) => event_type === type);
      if (found) return found;
      await once(this.socket, 'message');
    }
  }

  messages() {
    return this.received.filter((text) => text.trim() !== '').map((text) => JSON.parse(text));
  }

  /** Resolves when so many blank messages are received. */
  async heartbeats(count: number): Promise<void> {
    while (this.received.filter((text) => text.trim() === '').length < count)
      await once(this.socket, 'message');
  }

  async closed(): Promise<{ readonly code: number; readonly reason: string }> {
    const [code, reason] = await once(this.socket, 'close');
    return { code, reason: String(reason) };
  }

  /** Stops reading, as a client does that hangs. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Sends a message as soon as the connection is open. */
  send(text: string): void {
    this.socket.once('open', () => this.socket.send(text));
  }

  terminate(): void {
    this.socket.terminate();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON the test is about
type Payload = any;
