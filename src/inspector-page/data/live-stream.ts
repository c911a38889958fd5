/** What an EventSource has to do for us; tests bring their own. */
export interface EventSourceLike {
  readonly readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener(type: string, listener: (message: { data: string; lastEventId: string }) => void): void;
  close(): void;
}

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly retryInMs: number }
  | { readonly state: 'signed-out' };

export interface StreamHandlers {
  message(type: string, data: object): void;
  connection(connection: Connection): void;
}

export interface StreamOptions {
  open(address: string): EventSourceLike;
  /** The status of the service, asked once more: an EventSource does not tell why it was refused. */
  statusOf(address: string): Promise<number>;
  later(milliseconds: number, action: () => void): () => void;
}

const address = '/_taskrouter/stream';
const types = ['begin', 'request', 'callback', 'alert', 'event', 'state', 'cleared'];
const closed = 2;

/** Milliseconds. The first is what the stream tells browsers to wait. */
const firstRetry = 1000;
const longestRetry = 15_000;

/**
 * The stream of the inspector, opened again whenever it is lost, and going on where it was. A browser does most of that
 * itself; what it gives up on (a service that is away, an answer that is no stream) is tried again here.
 */
export class LiveStream {
  private source: EventSourceLike | null = null;
  private lastId = '';
  private retry = firstRetry;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly handlers: StreamHandlers,
    private readonly needs: StreamOptions,
  ) {}

  open(): void {
    this.close();
    this.handlers.connection({ state: 'connecting' });
    const query = this.lastId && `?${new URLSearchParams({ last_event_id: this.lastId })}`;
    const source = this.needs.open(`${address}${query}`);
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => void this.failed(source);
    for (const type of types)
      source.addEventListener(type, ({ data, lastEventId }) => {
        if (lastEventId) this.lastId = lastEventId;
        this.handlers.message(type, JSON.parse(data) as object);
      });
  }

  close(): void {
    this.cancelRetry();
    this.source?.close();
    this.source = null;
  }

  private opened(): void {
    this.retry = firstRetry;
    this.handlers.connection({ state: 'live' });
  }

  private async failed(source: EventSourceLike): Promise<void> {
    if (source !== this.source) return;
    if (source.readyState !== closed)
      return this.handlers.connection({ state: 'lost', retryInMs: firstRetry });
    const status = await this.needs.statusOf('/_taskrouter/state').catch(() => 0);
    if (source !== this.source) return;
    if (status === 401) return this.handlers.connection({ state: 'signed-out' });
    this.handlers.connection({ state: 'lost', retryInMs: this.retry });
    this.cancelRetry = this.needs.later(this.retry, () => this.open());
    this.retry = Math.min(2 * this.retry, longestRetry);
  }
}
