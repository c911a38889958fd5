import { Store } from '../design/store';
import { changeSummary } from './change-summary';
import { ExplanationLoader, type Explanations } from './explanation-loader';
import {
  type ActionName,
  type FunctionResponse,
  type InvokeFunction,
  isClosed,
  type Parameters,
} from './function-client';
import { isLifecycleResponse, type LifecycleResponse } from './lifecycle-response';
import { appendLoads, type QueueHistories } from './queue-history';
import { queueLoads } from './queue-loads';
import { errorMessage } from './response-text';
import { loadTaskPresets, type TaskPreset } from './task-presets';
import { TimelineLoader, type Timelines } from './timeline-loader';

/** The result of reading /lifecycle. */
export type Connection =
  | { readonly state: 'connecting' | 'live' | 'signed-out' }
  /** The Functions have no password and reject every request. */
  | { readonly state: 'closed'; readonly message: string }
  | { readonly state: 'failing'; readonly message: string; readonly retryInMs: number };

export interface SessionState {
  /** The last successful response of /lifecycle, kept while later requests fail. */
  readonly lifecycle: LifecycleResponse | null;
  /** Attributes for new tasks, from the workflow; null until they are loaded. */
  readonly presets: readonly TaskPreset[] | null;
  readonly connection: Connection;
  /** The responses to the user’s actions, newest first. */
  readonly responses: readonly FunctionResponse<ActionName>[];
  /** What the last response of /lifecycle changed, for screen readers. */
  readonly announcement: string;
  /** The events of the tasks whose details are open, by sid. */
  readonly timelines: Timelines;
  /** Why tasks and workers wait, if that is open, by sid. */
  readonly explanations: Explanations;
  /** The loads of the queues since the page was opened, by sid. */
  readonly histories: QueueHistories;
}

/** Invokes a Function for the user. It resolves with the response, successful or not. */
export type RunAction = (name: ActionName, parameters: Parameters) => Promise<FunctionResponse>;

interface SessionOptions {
  readonly invoke: InvokeFunction;
  readonly isVisible: () => boolean;
}

/**
 * Our choices: how many responses are kept; and, in ms, the poll interval before the first response and while closed, and
 * the longest delay after failures, short enough to notice soon that the Functions are back.
 */
const maxResponses = 10;
const firstPollMs = 1000;
const closedPollMs = 30_000;
const maxDelayMs = 30_000;

/**
 * The state of the page. Reads /lifecycle at the interval that the Function asks for, at once after an action, less
 * often after failures, and not at all while the page is hidden or the user is signed out.
 */
export class LifecycleSession extends Store<SessionState> {
  readonly #timelines: TimelineLoader;
  readonly #explanations: ExplanationLoader;
  readonly #options: SessionOptions;
  #hasPresets = false;
  #isSigningIn = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pendingRead: AbortController | undefined;

  constructor(options: SessionOptions) {
    super({
      lifecycle: null,
      presets: null,
      connection: { state: 'connecting' },
      responses: [],
      announcement: '',
      timelines: new Map(),
      explanations: new Map(),
      histories: new Map(),
    });
    this.#options = options;
    this.#timelines = new TimelineLoader(options.invoke, (timelines) => this.change({ timelines }));
    this.#explanations = new ExplanationLoader(options.invoke, (explanations) =>
      this.change({ explanations }),
    );
  }

  readonly runAction: RunAction = async (name, parameters) => {
    const response = { ...(await this.#options.invoke(name, parameters)), name };
    this.change({ responses: [response, ...this.state.responses].slice(0, maxResponses) });
    void this.refresh();
    return response;
  };

  /** Keeps the timeline of a task up to date. @returns a function that ends this */
  readonly watchTask = (taskSid: string): (() => void) => {
    this.#timelines.open(taskSid, this.state.lifecycle);
    return () => this.#timelines.close(taskSid);
  };

  /** Keeps the explanation of a task or worker up to date. @returns a function that ends this */
  readonly watchExplanation = (sid: string): (() => void) => {
    this.#explanations.open(sid, this.state.lifecycle);
    return () => this.#explanations.close(sid);
  };

  /** To be called when the user leaves this tab to sign in: the session reads again once the tab is shown. */
  readonly beginSignIn = (): void => {
    this.#isSigningIn = true;
  };

  /** Reads now. It drops a pending read, whose response may predate an action. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    this.#pendingRead?.abort();
    const read = new AbortController();
    this.#pendingRead = read;
    const response = await this.#options.invoke('lifecycle', undefined, read.signal);
    if (read.signal.aborted) return;
    this.#pendingRead = undefined;
    const delayMs = this.#receive(response);
    if (delayMs !== undefined && this.#options.isVisible()) this.#refreshIn(delayMs);
  }

  /** To be called when the tab is hidden or shown. */
  visibilityChanged(): void {
    clearTimeout(this.#timer);
    const mayRead = this.state.connection.state !== 'signed-out' || this.#isSigningIn;
    if (!this.#options.isVisible() || this.#pendingRead !== undefined || !mayRead) return;
    this.#isSigningIn = false;
    void this.refresh();
  }

  #refreshIn(ms: number): void {
    this.#timer = setTimeout(() => void this.refresh(), ms);
  }

  /** @returns when to read again, in ms; undefined for never */
  #receive(response: FunctionResponse): number | undefined {
    const { body, status } = response;
    if (status === 200 && isLifecycleResponse(body)) return this.#receiveLifecycle(body);
    if (status === 401) {
      this.change({ connection: { state: 'signed-out' } });
      return undefined;
    }
    this.#failures += 1;
    if (isClosed(response)) {
      this.change({ connection: { state: 'closed', message: errorMessage(response) } });
      return retryDelay(closedPollMs, this.#failures);
    }
    const pollMs = this.state.lifecycle?.poll_after_ms ?? firstPollMs;
    const retryInMs = retryDelay(pollMs, this.#failures, response.retryAfterMs);
    const message =
      status === 200 ? 'The response of /lifecycle has an unexpected format.' : errorMessage(response);
    this.change({ connection: { state: 'failing', message, retryInMs } });
    return retryInMs;
  }

  #receiveLifecycle(lifecycle: LifecycleResponse): number {
    this.#failures = 0;
    const before = this.state.lifecycle;
    const announcement = before ? changeSummary(before, lifecycle) : '';
    this.#timelines.update(lifecycle);
    this.#explanations.update(lifecycle);
    if (!this.#hasPresets) void this.#loadPresets();
    const histories = appendLoads(this.state.histories, queueLoads(lifecycle), Date.now() / 1000);
    // An announcement stays until the next one: a screen reader may skip a live region that is emptied at once.
    const connection = { state: 'live' } as const;
    this.change({ lifecycle, histories, connection, ...(announcement && { announcement }) });
    return retryDelay(lifecycle.poll_after_ms, 0);
  }

  async #loadPresets(): Promise<void> {
    this.#hasPresets = true;
    const presets = await loadTaskPresets(this.#options.invoke);
    if (presets) this.change({ presets });
    else this.#hasPresets = false;
  }
}

/**
 * How long to wait before /lifecycle is read again, in ms: its own `poll_after_ms`, doubled with each consecutive
 * failure, but at least the `Retry-After` of the last one.
 */
function retryDelay(pollAfterMs: number, failures: number, retryAfterMs = 0): number {
  const backedOff = Math.min(pollAfterMs * 2 ** failures, Math.max(maxDelayMs, pollAfterMs));
  return Math.max(backedOff, retryAfterMs);
}
