/** The part of an EventSource that the page uses. */
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

interface StreamHandlers {
  message(type: string, data: object): void;
  connection(connection: Connection): void;
}

export interface StreamOptions {
  open(address: string): EventSourceLike;
  /** The HTTP status of an address. An EventSource does not report why it failed. */
  statusOf(address: string): Promise<number>;
  later(delayMs: number, action: () => void): () => void;
}

const address = '/_taskrouter/stream';
const types = ['begin', 'request', 'callback', 'alert', 'event', 'call', 'state', 'cleared'];
const closed = 2;

/** The first delay equals the `retry` field of the stream. */
const firstRetryMs = 1000;
const maxRetryMs = 15_000;

/**
 * The stream of the inspector. It reconnects after a failure and resumes after the last event. Browsers do most of this,
 * but give up if the service is down or the response is not a stream; then this class retries.
 */
export class LiveStream {
  private source: EventSourceLike | null = null;
  private lastId = '';
  private retryMs = firstRetryMs;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly handlers: StreamHandlers,
    private readonly options: StreamOptions,
  ) {}

  open(): void {
    this.close();
    this.handlers.connection({ state: 'connecting' });
    const query = this.lastId && `?${new URLSearchParams({ last_event_id: this.lastId })}`;
    const source = this.options.open(`${address}${query}`);
    this.source = source;
    source.onopen = () => this.onOpened();
    source.onerror = () => void this.onFailed(source);
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

  private onOpened(): void {
    this.retryMs = firstRetryMs;
    this.handlers.connection({ state: 'live' });
  }

  private async onFailed(source: EventSourceLike): Promise<void> {
    if (source !== this.source) return;
    if (source.readyState !== closed)
      return this.handlers.connection({ state: 'lost', retryInMs: firstRetryMs });
    const status = await this.options.statusOf('/_taskrouter/state').catch(() => 0);
    if (source !== this.source) return;
    if (status === 401) return this.handlers.connection({ state: 'signed-out' });
    this.handlers.connection({ state: 'lost', retryInMs: this.retryMs });
    this.cancelRetry = this.options.later(this.retryMs, () => this.open());
    this.retryMs = Math.min(2 * this.retryMs, maxRetryMs);
  }
}
