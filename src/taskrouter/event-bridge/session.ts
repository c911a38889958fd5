import type { WebSocket } from 'ws';
import type { AccessToken } from '../http/access-token';

/**
 * Our choice: the codes with which the service closes a connection; the SDK shows the reason in `disconnected`.
 * Source of all but 4001: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 and the registry of its codes
 */
export const closeCodes = {
  replaced: 1000,
  stopping: 1001,
  internalError: 1011,
  restarted: 1012,
  tokenRefused: 4001,
} as const;

/** Our choice: after as many heartbeats as the SDK misses before it reconnects, the client is gone. */
const maxUnanswered = 2;

/** One connection of the worker SDK. */
export class Session {
  /** The heartbeats since the client has last responded. */
  private unanswered = 0;

  constructor(
    private readonly socket: WebSocket,
    readonly token: AccessToken & { readonly workerSid: string },
    /** What may wait for a client that does not read, in bytes. */
    private readonly maxBufferedBytes: number,
  ) {
    socket.on('pong', () => {
      this.unanswered = 0;
    });
  }

  /** Disconnects a client that does not read, so that it does not use up the memory. It reconnects and reads the state. */
  send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > this.maxBufferedBytes) this.socket.terminate();
    else this.socket.send(text);
  }

  /** A blank message, without which the SDK reconnects; and a ping, which shows whether the client is still there. */
  beat(): void {
    if (this.unanswered >= maxUnanswered) return void this.socket.terminate();
    this.unanswered += 1;
    this.send(' ');
    if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }

  onClose(listener: () => void): void {
    this.socket.once('close', listener);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  terminate(): void {
    this.socket.terminate();
  }
}
