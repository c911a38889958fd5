import type { Worker } from 'twilio-taskrouter';
import { Store } from '../design/store';
import type { FunctionResponse, InvokeFunction } from '../lifecycle/function-client';
import { isLifecycleResponse, type LifecycleResponse } from '../lifecycle/lifecycle-response';
import { type AgentConnection, connectionAfter, outOfReach } from './agent-connection';
import { type AgentView, agentView } from './agent-view';
import { type Announcement, announcementOf, type ReservationEvent } from './announcement';
import type { BackgroundAlerts } from './background-alerts';
import type { ReservationAction } from './reservation-actions';
import { ReservationList } from './reservation-list';
import { isOffer, type ReservationView } from './reservation-view';
import { renewAfterMs, type WorkerToken, workerTokenIn } from './worker-token';

export interface AgentState {
  readonly connection: AgentConnection;
  /** The workers to choose from; null while they load, and if one is chosen. */
  readonly workers: LifecycleResponse['workers'] | null;
  /** The chosen worker; null until connected. Kept while the connection is lost. */
  readonly agent: AgentView | null;
  readonly reservations: readonly ReservationView[];
  /** For screen readers, the last ones of their kind. They stay: what is emptied at once may not be said. */
  readonly urgentAnnouncement: string;
  readonly announcement: string;
  /** Why the last change of the activity failed; null if it has not. */
  readonly activityError: string | null;
}

/** Times in ms. */
interface Timing {
  /** Until an interruption is shown: the SDK reconnects within a second. */
  readonly lostAfterMs: number;
  /** Until the SDK is given up, and connected anew with a new token. */
  readonly restartAfterMs: number;
  /** Until a Function is invoked again. */
  readonly retryAfterMs: number;
  readonly renewAfterMs: (token: string) => number;
}

/** Our choices. */
const defaultTiming: Timing = {
  lostAfterMs: 2000,
  restartAfterMs: 10_000,
  retryAfterMs: 5000,
  renewAfterMs,
};

interface AgentSessionOptions {
  /** Sid or name; null to choose one. */
  readonly worker: string | null;
  readonly pageUrl: string;
  readonly invoke: InvokeFunction;
  readonly connect: (token: string, eventBridgeUrl: string | null) => Worker;
  readonly alerts: Pick<BackgroundAlerts, 'offered' | 'ended'>;
  /** Called with the worker of a local TaskRouter, which calls workers on this page. */
  readonly openPhone?: ((workerSid: string) => void) | undefined;
  readonly timing?: Partial<Timing>;
}

type Timer = ReturnType<typeof setTimeout>;

/** The state of the agent page: gets a token, connects the SDK with it, and follows what the SDK says. */
export class AgentSession extends Store<AgentState> {
  readonly #options: AgentSessionOptions;
  readonly #timing: Timing;
  readonly #reservations: ReservationList;
  #worker: Worker | undefined;
  /** Counts the starts: only the last one counts. */
  #starts = 0;
  #retry: Timer | undefined;
  #renewal: Timer | undefined;
  #loss: Timer | undefined;

  constructor(options: AgentSessionOptions) {
    super({
      connection: { state: 'connecting' },
      workers: null,
      agent: null,
      reservations: [],
      urgentAnnouncement: '',
      announcement: '',
      activityError: null,
    });
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#reservations = new ReservationList({
      now: Date.now,
      changed: (event, view) => this.#reservationsChanged(event, view),
    });
  }

  /** Connects, or connects anew. */
  async start(): Promise<void> {
    this.#starts += 1;
    const start = this.#starts;
    clearTimeout(this.#retry);
    const { worker, invoke } = this.#options;
    const response = await (worker === null ? invoke('lifecycle') : invoke('worker-token', { worker }));
    if (start !== this.#starts) return;
    if (worker === null) this.#receiveWorkers(response);
    else this.#receiveToken(response);
  }

  /** To be called when the tab is shown: the agent may have signed in, and timers of a hidden tab are slow. */
  resume(): void {
    const { state } = this.state.connection;
    if (state !== 'ready' && state !== 'connecting') void this.start();
  }

  /** Ends the connection. */
  stop(): void {
    this.#starts += 1;
    for (const timer of [this.#retry, this.#renewal, this.#loss]) clearTimeout(timer);
    this.#loss = undefined;
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.disconnect();
  }

  readonly setActivity = async (sid: string): Promise<void> => {
    const worker = this.#worker;
    if (!worker) return;
    this.change({ activityError: null });
    try {
      await worker.activities.get(sid)?.setAsCurrent();
      this.#showWorker(worker);
    } catch (error) {
      this.change({ activityError: error instanceof Error ? error.message : String(error) });
    }
  };

  /** @param activitySid where to go after rejecting; undefined to stay */
  readonly act = (sid: string, action: ReservationAction, activitySid?: string): Promise<void> =>
    this.#reservations.act(sid, action, activitySid);

  readonly dismiss = (sid: string): void => this.#reservations.dismiss(sid);

  #receiveWorkers(response: FunctionResponse): void {
    const { status, body } = response;
    if (status === 200 && isLifecycleResponse(body))
      this.change({ workers: body.workers, connection: { state: 'ready' } });
    else this.#fail(response);
  }

  #receiveToken(response: FunctionResponse): void {
    const token = workerTokenIn(response);
    const problem = token && outOfReach(token.event_bridge_url, this.#options.pageUrl);
    if (!token) this.#fail(response);
    else if (problem) this.change({ connection: { state: 'refused', message: problem } });
    else {
      if (token.event_bridge_url) this.#options.openPhone?.(token.worker_sid);
      this.#connect(token);
    }
  }

  #connect({ token, event_bridge_url }: WorkerToken): void {
    this.stop();
    const worker = this.#options.connect(token, event_bridge_url);
    this.#worker = worker;
    this.#follow(worker);
    this.#renewIn(this.#timing.renewAfterMs(token), worker);
    this.#restartIn(this.#timing.restartAfterMs);
  }

  #fail(response: FunctionResponse): void {
    this.change({ connection: connectionAfter(response) });
    // Nobody signs in without coming back to this tab.
    if (response.status !== 401) this.#restartIn(response.retryAfterMs ?? this.#timing.retryAfterMs);
  }

  #restartIn(ms: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.start(), ms);
  }

  /** What the SDK says about a connection that was given up is not heard. */
  #follow(worker: Worker): void {
    const during =
      <Values extends unknown[]>(listener: (...values: Values) => void) =>
      (...values: Values) => {
        if (this.#worker === worker) listener(...values);
      };
    worker.on(
      'ready',
      during(() => this.#ready(worker)),
    );
    worker.on(
      'disconnected',
      during(() => this.#disconnected()),
    );
    worker.on(
      'tokenExpired',
      during(() => this.#renewIn(0, worker)),
    );
    worker.on(
      'activityUpdated',
      during(() => this.#showWorker(worker)),
    );
    worker.on(
      'attributesUpdated',
      during(() => this.#showWorker(worker)),
    );
    worker.on(
      'reservationCreated',
      during((reservation) => this.#reservations.add(reservation)),
    );
    // An error ends in `disconnected`, or in no `ready`; after both, the page connects anew.
    worker.on('error', () => undefined);
  }

  #ready(worker: Worker): void {
    const wasLost = this.state.connection.state === 'lost';
    for (const timer of [this.#retry, this.#loss]) clearTimeout(timer);
    this.#loss = undefined;
    for (const channel of worker.channels.values()) this.#followChannel(channel, worker);
    this.change({ connection: { state: 'ready' }, agent: agentView(worker) });
    if (wasLost) this.#announce({ text: 'Connected again.', isUrgent: true });
    void this.#reservations.replaceAll(worker.reservations.values());
  }

  #followChannel(channel: { on(event: string, listener: () => void): unknown }, worker: Worker): void {
    for (const event of ['capacityUpdated', 'availabilityUpdated'])
      channel.on(event, () => {
        if (this.#worker === worker) this.#showWorker(worker);
      });
  }

  /** Once for each attempt of the SDK. */
  #disconnected(): void {
    if (this.#loss) return;
    this.#loss = setTimeout(() => {
      const message = 'The connection to TaskRouter is lost. Reconnecting …';
      this.change({ connection: { state: 'lost', message } });
      this.#announce({ text: message, isUrgent: true });
    }, this.#timing.lostAfterMs);
    this.#restartIn(this.#timing.restartAfterMs);
  }

  #renewIn(ms: number, worker: Worker): void {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => void this.#renew(worker), ms);
  }

  /** The SDK goes on with its connection, and uses the new token for the next. */
  async #renew(worker: Worker): Promise<void> {
    const response = await this.#options.invoke('worker-token', { worker: this.#options.worker ?? '' });
    if (this.#worker !== worker) return;
    if (response.status === 401) return this.#fail(response);
    const token = workerTokenIn(response)?.token;
    if (token) worker.updateToken(token);
    this.#renewIn(token ? this.#timing.renewAfterMs(token) : this.#timing.retryAfterMs, worker);
  }

  #showWorker(worker: Worker): void {
    const agent = agentView(worker);
    const before = this.state.agent?.activity.activity_name;
    this.change({ agent, activityError: null });
    const { activity_name } = agent.activity;
    if (before !== activity_name) this.#announce({ text: `You are ${activity_name}.`, isUrgent: false });
  }

  #reservationsChanged(event?: ReservationEvent, view?: ReservationView): void {
    this.change({ reservations: this.#reservations.views });
    if (!event || !view) return;
    this.#announce(announcementOf(event, view, Date.now()));
    if (event === 'created') this.#options.alerts.offered(view);
    if (!isOffer(view)) this.#options.alerts.ended(view.sid);
  }

  #announce({ text, isUrgent }: Announcement): void {
    this.change(isUrgent ? { urgentAnnouncement: text } : { announcement: text });
  }
}
