import { Store } from '../design/store';
import type { Call } from './call';
import { type CallMap, withCall } from './call-map';
import { eventMessages } from './event-messages';

export interface CallFeedState {
  /** `absent`: no local TaskRouter is beside these Functions. */
  readonly connection: 'closed' | 'open' | 'absent';
  /** By SID, oldest first. Kept while the connection is lost. */
  readonly calls: CallMap;
}

/** Our choice: as soon as the agent page invokes a Function again. */
const defaultRetryMs = 5000;

/** The calls of the local TaskRouter, as they change. */
export class CallFeed extends Store<CallFeedState> {
  readonly #url: string;
  readonly #retryMs: number;
  #connection: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #run = '';
  /** How far this computer's clock is ahead of TaskRouter's, in ms: a virtual clock has a time of its own. */
  #aheadMs = 0;

  /** @param query besides the type of the messages */
  constructor(origin: string, query: Readonly<Record<string, string>> = {}, retryMs = defaultRetryMs) {
    super({ connection: 'closed', calls: new Map() });
    this.#url = `${origin}/_taskrouter/stream?${new URLSearchParams({ types: 'call', ...query })}`;
    this.#retryMs = retryMs;
  }

  /** The time of TaskRouter's clock, in ms since 1970. */
  readonly now = (): number => Date.now() - this.#aheadMs;

  /** Connects, and connects again after an interruption, until `close`. */
  open(): void {
    if (this.#connection || this.state.connection === 'absent') return;
    const connection = new AbortController();
    this.#connection = connection;
    void this.#follow(connection.signal);
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#connection?.abort();
    this.#connection = undefined;
    if (this.state.connection === 'open') this.change({ connection: 'closed' });
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const isRefused = await this.#read(signal).catch(() => false);
    if (signal.aborted) return;
    this.change({ connection: isRefused ? 'absent' : 'closed' });
    if (!isRefused) this.#retry = setTimeout(() => void this.#follow(signal), this.#retryMs);
  }

  /** Resolves when the stream has ended. @returns whether there is none here, which does not change by itself */
  async #read(signal: AbortSignal): Promise<boolean> {
    const response = await fetch(this.#url, { signal, headers: { Accept: 'text/event-stream' } });
    if (!response.ok || !response.body) return response.status >= 400 && response.status < 500;
    for await (const { event, data } of eventMessages(response.body)) this.#receive(event, JSON.parse(data));
    return false;
  }

  #receive(event: string, data: unknown): void {
    if (event === 'begin') this.#begin(data as { run: string; date_ms: number });
    else if (event === 'cleared') this.change({ calls: new Map() });
    else if (event === 'call') this.#add(data as Call);
  }

  /** Calls end with the run of TaskRouter; those of the same run follow again. */
  #begin({ run, date_ms }: { readonly run: string; readonly date_ms: number }): void {
    this.#aheadMs = Date.now() - date_ms;
    this.change({ connection: 'open', ...(run !== this.#run && { calls: new Map() }) });
    this.#run = run;
  }

  #add(call: Call): void {
    this.change({ calls: withCall(this.state.calls, call) });
  }
}
