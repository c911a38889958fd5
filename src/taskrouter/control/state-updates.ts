import type { ApiOptions } from '../http/options';
import type { ServerSentEvents } from './server-sent-events';
import { readState } from './state';

/** Our choice: a burst of commits causes one message. */
const minIntervalMs = 500;

/** Our choice: shows readers and proxies that the connection is alive. */
const heartbeatMs = 15_000;

/** Sends a comment, which readers ignore, if there is nothing else to send. */
export class Heartbeat {
  private readonly timer: NodeJS.Timeout;

  constructor(events: Pick<ServerSentEvents, 'comment'>) {
    this.timer = setInterval(() => events.comment(), heartbeatMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/** Sends the state to a reader: immediately, after every change, and as a heartbeat. */
export class StateUpdates {
  private timer: NodeJS.Timeout | undefined;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly stopListening: () => void;

  constructor(
    private readonly events: ServerSentEvents,
    private readonly options: ApiOptions,
  ) {
    this.stopListening = options.taskRouter.onCommit(() => this.sendSoon());
    this.heartbeat = setInterval(() => void this.send(), heartbeatMs).unref();
    void this.send();
  }

  stop(): void {
    this.stopListening();
    clearInterval(this.heartbeat);
    clearTimeout(this.timer);
  }

  private sendSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.send();
    }, minIntervalMs).unref();
  }

  private async send(): Promise<void> {
    // A failure of the store was reported where it occurred; there is no state to send anymore.
    const state = await readState(this.options).catch(() => undefined);
    if (state) this.events.send('state', state);
  }
}
