import type { ApiOptions } from '../http/options';
import type { ServerSentEvents } from './server-sent-events';
import { readState } from './state';

/** Milliseconds. Our choice: a burst of commits is one message. */
const shortestInterval = 500;

/** Milliseconds. Our choice: shows a reader that the connection lives, and a proxy that it is used. */
const heartbeat = 15_000;

/** Tells a reader the state: at once, after what changed it, and now and then. */
export class StateUpdates {
  private timer: NodeJS.Timeout | undefined;
  private readonly beat: NodeJS.Timeout;
  private readonly stopListening: () => void;

  constructor(
    private readonly events: ServerSentEvents,
    private readonly options: ApiOptions,
  ) {
    this.stopListening = options.taskRouter.onCommit(() => this.tellSoon());
    this.beat = setInterval(() => void this.tell(), heartbeat).unref();
    void this.tell();
  }

  stop(): void {
    this.stopListening();
    clearInterval(this.beat);
    clearTimeout(this.timer);
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.tell();
    }, shortestInterval).unref();
  }

  private async tell(): Promise<void> {
    // A store that failed has been reported where it failed; there is no state to tell any more.
    const state = await readState(this.options).catch(() => undefined);
    if (state) this.events.send('state', state);
  }
}
