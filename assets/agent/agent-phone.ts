import { type Call, isOver } from '../calls/call';
import type { CallAction, CallClient } from '../calls/call-client';
import type { CallFeed } from '../calls/call-feed';
import { Store } from '../design/store';
import type { BackgroundAlerts } from './background-alerts';
import { callerOf, endingOf } from './call-text';
import type { ReservationView } from './reservation-view';

/** A call to the worker on the page. */
export interface PhoneCall {
  readonly call: Call;
  /** Why the last action failed; null if it has not. */
  readonly error: string | null;
}

export interface AgentPhoneState {
  /** Newest first. */
  readonly calls: readonly PhoneCall[];
  /** For screen readers, the last one of its kind. */
  readonly urgentAnnouncement: string;
  readonly announcement: string;
}

type Feed = Pick<CallFeed, 'state' | 'subscribe' | 'open' | 'now'>;

interface AgentPhoneOptions {
  readonly newFeed: (workerSid: string) => Feed;
  readonly client: CallClient;
  readonly alerts: Pick<BackgroundAlerts, 'ringing' | 'ended'>;
  /** Those of the worker, which say whose call it is. */
  readonly reservations: () => readonly ReservationView[];
}

/** Our choice: a call that is over stays until the next ones are, so that it does not vanish unexplained. */
const maxOver = 2;

/** The phone of a worker. While it is open, the local TaskRouter lets it ring instead of simulating who answers. */
export class AgentPhone extends Store<AgentPhoneState> {
  readonly #options: AgentPhoneOptions;
  #feed: Feed | undefined;
  readonly #errors = new Map<string, string>();
  /** The calls that the page has shown before they were over. */
  #known: ReadonlyMap<string, Call['status']> = new Map();
  readonly #dismissed = new Set<string>();

  constructor(options: AgentPhoneOptions) {
    super({ calls: [], urgentAnnouncement: '', announcement: '' });
    this.#options = options;
  }

  /** The time of TaskRouter's clock, in ms since 1970. */
  readonly now = (): number => this.#feed?.now() ?? Date.now();

  /** Once for a page. */
  readonly open = (workerSid: string): void => {
    if (this.#feed) return;
    this.#feed = this.#options.newFeed(workerSid);
    this.#feed.subscribe(() => this.#show());
    this.#feed.open();
  };

  readonly act = (callSid: string, action: CallAction): Promise<void> =>
    this.#attempt(callSid, () => this.#options.client.act(callSid, action));

  readonly press = (callSid: string, key: string): Promise<void> =>
    this.#attempt(callSid, () => this.#options.client.press(callSid, key));

  readonly say = (callSid: string, words: string): Promise<void> =>
    this.#attempt(callSid, () => this.#options.client.say(callSid, words));

  /** Removes a call that is over. */
  readonly dismiss = (callSid: string): void => {
    this.#dismissed.add(callSid);
    this.#show();
  };

  async #attempt(callSid: string, action: () => Promise<Call>): Promise<void> {
    this.#errors.delete(callSid);
    try {
      await action();
    } catch (error) {
      this.#errors.set(callSid, (error as Error).message);
    }
    this.#show();
  }

  #show(): void {
    const calls = [...(this.#feed?.state.calls.values() ?? [])]
      .filter((call) => this.#isShown(call))
      .reverse();
    const over = new Set(calls.filter(isOver).slice(maxOver));
    const shown = calls.filter((call) => !over.has(call));
    const before = this.#known;
    this.#known = new Map(shown.map(({ call_sid, status }) => [call_sid, status]));
    const errorOf = ({ call_sid }: Call) => this.#errors.get(call_sid) ?? null;
    this.change({ calls: shown.map((call) => ({ call, error: errorOf(call) })) });
    for (const call of shown) if (before.get(call.call_sid) !== call.status) this.#tell(call);
  }

  /** What was over before the page was opened is no news. */
  #isShown(call: Call): boolean {
    const { call_sid } = call;
    return !this.#dismissed.has(call_sid) && (!isOver(call) || this.#known.has(call_sid));
  }

  #tell(call: Call): void {
    const caller = callerOf(call, this.#reservationOf(call));
    if (call.status === 'ringing') this.#ring(call, caller);
    else this.#options.alerts.ended(call.call_sid);
    if (call.status === 'in-progress') this.change({ announcement: `Connected to ${caller}.` });
    if (isOver(call)) this.change({ announcement: `Call from ${caller}: ${endingOf(call)}` });
  }

  #ring(call: Call, caller: string): void {
    const reservation = this.#reservationOf(call);
    const text = reservation ? `${caller}, ${reservation.queue}` : caller;
    this.change({ urgentAnnouncement: `Your phone rings: ${text}.` });
    this.#options.alerts.ringing(call.call_sid, text);
  }

  #reservationOf({ reservation_sid }: Call): ReservationView | undefined {
    return this.#options.reservations().find(({ sid }) => sid === reservation_sid);
  }
}
