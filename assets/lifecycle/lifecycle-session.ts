import { changeSummary } from './change-summary';
import type { FunctionName, FunctionResponse, InvokeFunction, Parameters } from './function-client';
import { isLifecycleResponse, type LifecycleResponse } from './lifecycle-response';
import { type QueueHistories, withReading } from './queue-history';
import { queueLoads } from './queue-loads';
import { errorMessage } from './response-text';
import { retryDelay } from './retry-delay';
import { TimelineLoader, type Timelines } from './timeline-loader';

/** How it goes with reading /lifecycle. */
export type Connection =
  | { readonly state: 'connecting' | 'live' | 'signed-out' }
  /** No password is configured, so that the Functions let nobody in. */
  | { readonly state: 'closed'; readonly message: string }
  | { readonly state: 'failing'; readonly message: string; readonly retryInMs: number };

export interface SessionState {
  /** The last good answer of /lifecycle; it stays while later ones fail. */
  readonly lifecycle: LifecycleResponse | null;
  readonly connection: Connection;
  /** Of the actions, the newest first. */
  readonly responses: readonly FunctionResponse[];
  /** What the last reading changed, to be read aloud. */
  readonly announcement: string;
  /** The events of the tasks that are looked into, by sid. */
  readonly timelines: Timelines;
  /** What was seen of the queues while the page was open, by sid. */
  readonly histories: QueueHistories;
}

/** Sends what a button asks for; resolves with the answer, whatever it is. */
export type RunAction = (name: FunctionName, parameters: Parameters) => Promise<FunctionResponse>;

export interface SessionOptions {
  readonly invoke: InvokeFunction;
  readonly isVisible: () => boolean;
}

/** Our choices: answers kept on the page; and the pace, in ms, until /lifecycle has said its own, and while it is closed. */
const keptAnswers = 10;
const firstPollMs = 1000;
const longestPollMs = 30_000;

/**
 * What the page knows, and how it keeps up: reads /lifecycle at the pace that the Function asks for, more slowly when
 * it fails, not at all while nobody looks or nobody is signed in, and at once after an action.
 */
export class LifecycleSession {
  #state: SessionState = {
    lifecycle: null,
    connection: { state: 'connecting' },
    responses: [],
    announcement: '',
    timelines: new Map(),
    histories: new Map(),
  };
  readonly #watch: TimelineLoader;
  #signingIn = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: AbortController | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly needs: SessionOptions) {
    this.#watch = new TimelineLoader(needs.invoke, (timelines) => this.#change({ timelines }));
  }

  get state(): SessionState {
    return this.#state;
  }

  /** @returns what ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly runAction: RunAction = async (name, parameters) => {
    const answer = await this.needs.invoke(name, parameters);
    this.#change({ responses: [answer, ...this.#state.responses].slice(0, keptAnswers) });
    void this.refresh();
    return answer;
  };

  /** Keeps the timeline of a task for as long as somebody looks into it. @returns what ends that */
  readonly watchTask = (taskSid: string): (() => void) => {
    this.#watch.open(taskSid, this.#state.lifecycle);
    return () => this.#watch.close(taskSid);
  };

  /** To be called when the reader leaves this tab to sign in: once he is back, it is tried again. */
  readonly beginSignIn = (): void => {
    this.#signingIn = true;
  };

  /** Reads now. A reading under way is dropped: it may show what was before an action. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const answer = await this.needs.invoke('lifecycle', undefined, reading.signal);
    if (reading.signal.aborted) return;
    this.#reading = undefined;
    const waitMs = this.#take(answer);
    if (waitMs !== undefined && this.needs.isVisible()) this.#readIn(waitMs);
  }

  /** To be called when the tab is hidden or shown. */
  visibilityChanged(): void {
    clearTimeout(this.#timer);
    const mayRead = this.#state.connection.state !== 'signed-out' || this.#signingIn;
    if (!this.needs.isVisible() || this.#reading !== undefined || !mayRead) return;
    this.#signingIn = false;
    void this.refresh();
  }

  #readIn(ms: number): void {
    this.#timer = setTimeout(() => void this.refresh(), ms);
  }

  /** @returns when to read again, in ms; undefined for not at all */
  #take(answer: FunctionResponse): number | undefined {
    const { body, status } = answer;
    if (status === 200 && isLifecycleResponse(body)) return this.#takeLifecycle(body);
    if (status === 401) {
      this.#change({ connection: { state: 'signed-out' } });
      return undefined;
    }
    this.#failures += 1;
    if (isClosed(answer)) {
      this.#change({ connection: { state: 'closed', message: errorMessage(answer) } });
      return retryDelay(longestPollMs, this.#failures);
    }
    const pollMs = this.#state.lifecycle?.poll_after_ms ?? firstPollMs;
    const retryInMs = retryDelay(pollMs, this.#failures, answer.retryAfterMs);
    const message =
      status === 200 ? 'The answer of /lifecycle is not what it should be.' : errorMessage(answer);
    this.#change({ connection: { state: 'failing', message, retryInMs } });
    return retryInMs;
  }

  #takeLifecycle(lifecycle: LifecycleResponse): number {
    this.#failures = 0;
    const before = this.#state.lifecycle;
    const news = before ? changeSummary(before, lifecycle) : '';
    this.#watch.update(lifecycle);
    const histories = withReading(this.#state.histories, queueLoads(lifecycle), Date.now() / 1000);
    // News stay until there are others: a live region that is emptied at once may not be read.
    this.#change({
      lifecycle,
      histories,
      connection: { state: 'live' },
      ...(news && { announcement: news }),
    });
    return retryDelay(lifecycle.poll_after_ms, 0);
  }

  #change(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function isClosed({ status, body }: FunctionResponse): boolean {
  return (
    status === 500 && (body as { code?: unknown } | null | undefined)?.code === 'operator_not_configured'
  );
}
