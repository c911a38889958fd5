import { Store } from '../design/store';
import { type Call, isIncoming, isOver } from './call';
import type { CallClient } from './call-client';
import type { CallFeed } from './call-feed';

export interface CallerPhoneState {
  /** Whether calls can be simulated here, as far as is known. */
  readonly isAvailable: boolean;
  /** The callers' calls in progress, oldest first. */
  readonly calls: readonly Call[];
  /** The call that is shown; null to begin one. */
  readonly call: Call | null;
  /** Why the last action failed; null if it has not. */
  readonly error: string | null;
}

/** What is shown: a call by its SID, the next call that begins or is found, or none. */
type Choice = { readonly callSid: string } | { readonly next: ReadonlySet<string> } | null;

/** The phones of simulated callers. */
export class CallerPhone extends Store<CallerPhoneState> {
  readonly #feed: Pick<CallFeed, 'state' | 'subscribe'>;
  readonly #client: CallClient;
  /** After a reload, the call in progress is found. */
  #choice: Choice = { next: new Set() };

  constructor(feed: Pick<CallFeed, 'state' | 'subscribe'>, client: CallClient) {
    super({ isAvailable: false, calls: [], call: null, error: null });
    this.#feed = feed;
    this.#client = client;
    feed.subscribe(() => this.#show());
  }

  /** @param callSid null to begin another call */
  readonly choose = (callSid: string | null): void => {
    this.#choice = callSid === null ? null : { callSid };
    this.change({ error: null });
    this.#show();
  };

  /** The call is shown as soon as it rings. Resolves when it waits for the caller or for time to pass, or is over. */
  readonly begin = async (from: string, to: string): Promise<void> => {
    this.#choice = { next: new Set(this.#feed.state.calls.keys()) };
    const call = await this.#attempt(() => this.#client.begin(from, to));
    this.#choice = call && { callSid: call.call_sid };
    this.#show();
  };

  readonly press = (digits: string): Promise<void> =>
    this.#inCall(({ call_sid }) => this.#client.press(call_sid, digits));

  readonly say = (words: string): Promise<void> =>
    this.#inCall(({ call_sid }) => this.#client.say(call_sid, words));

  readonly hangUp = (): Promise<void> =>
    this.#inCall(({ call_sid }) => this.#client.act(call_sid, 'hang_up'));

  async #inCall(action: (call: Call) => Promise<Call>): Promise<void> {
    const { call } = this.state;
    if (call) await this.#attempt(() => action(call));
  }

  async #attempt(action: () => Promise<Call>): Promise<Call | null> {
    this.change({ error: null });
    try {
      return await action();
    } catch (error) {
      this.change({ error: (error as Error).message });
      return null;
    }
  }

  #show(): void {
    const { connection, calls } = this.#feed.state;
    const inProgress = [...calls.values()].filter((call) => isIncoming(call) && !isOver(call));
    const newest = inProgress.at(-1);
    if (this.#choice && 'next' in this.#choice && newest && !this.#choice.next.has(newest.call_sid))
      this.#choice = { callSid: newest.call_sid };
    const call = (this.#choice && 'callSid' in this.#choice && calls.get(this.#choice.callSid)) || null;
    // It stays while the connection is interrupted.
    const isAvailable = connection === 'open' || (this.state.isAvailable && connection !== 'absent');
    this.change({ isAvailable, calls: inProgress, call });
  }
}

/**
 * Calls `listener` when the call that is shown has gone on in a way that can change tasks and workers: somebody did something,
 * or there is a task. Not for each thing that Twilio does, which can be many at once.
 */
export function onProgress(phone: Pick<CallerPhone, 'state' | 'subscribe'>, listener: () => void): void {
  let last = '';
  phone.subscribe(() => {
    const { call } = phone.state;
    const progress = call ? progressOf(call) : '';
    const hasChanged = progress !== last;
    last = progress;
    if (call && hasChanged) listener();
  });
}

function progressOf({ call_sid, status, task_sid, transcript }: Call): string {
  const done = transcript.filter(({ who }) => who !== 'twilio').length;
  return [call_sid, status, task_sid, done].join(' ');
}
