import type { OwnAddress } from '../../common/own-address';
import type { SuggestedMove } from '../../common/suggested-move';
import type { ApiKey } from '../../system/credentials';
import type { OwnsConnection } from '../../system/own-connection';
import type { Journal } from '../inspector/journal';
import type { Snapshots } from '../snapshot/snapshots';
import type { TaskRouter } from '../taskrouter';
import type { ConferenceControl } from '../voice/conference/conference-control';
import type { SimulatedPhone } from '../voice/simulated-phone';
import type { WorkerPhones } from '../voice/workers/worker-phones';
import type { Replays } from '../webhooks/replays';
import type { Metrics } from './metrics';

/** The part of a logger that the API uses; pino's logger has it. */
export interface ApiLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** The files of the inspector page, by URL path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export interface EventBridgeLimits {
  /** How often a client gets a heartbeat, in milliseconds. */
  readonly heartbeatMs?: number | undefined;
  /** What may wait for a client that does not read, in bytes. */
  readonly maxBufferedBytes?: number | undefined;
}

export interface ApiOptions extends Pick<OwnAddress, 'host' | 'publicUrl'> {
  readonly taskRouter: TaskRouter;
  /** The only account of this service. Everything except the health checks requires its credentials. */
  readonly account: { readonly sid: string; readonly authToken: string; readonly apiKey: ApiKey };
  readonly log: ApiLog;
  /** What the inspector shows. */
  readonly journal: Journal;
  /** Sends recorded callbacks again. */
  readonly replays: Replays;
  /** The page at `/`; default: a text that lists the endpoints. */
  readonly page?: PageFiles | undefined;
  /** Selects the connections whose inspector page requests need no credentials; default: none. */
  readonly localSignIn?: OwnsConnection | undefined;
  /** The URL of the Functions, for a link; null if there are none. */
  readonly functionsUrl?: (() => string | null) | undefined;
  /** What the tour of the inspector suggests; null if the workspace file has no such worker or activity. */
  readonly suggestedMove?: SuggestedMove | null | undefined;
  /** How long a request may take to arrive before it gets 408, in ms; default: 30 s. */
  readonly requestMs?: number | undefined;
  /** Whether the documented rate limits are enforced; default: false. */
  readonly rateLimits?: boolean | undefined;
  /** Restores the state of the workspace file. */
  readonly onReset?: (() => Promise<void>) | undefined;
  /** Whether `/readyz` responds with 200; default: always. */
  readonly ready?: (() => boolean) | undefined;
  /** What is served at `/metrics`; default: nothing. */
  readonly metrics?: Metrics | undefined;
  /** Saves and loads the whole state, at `/_taskrouter/snapshot`; default: nothing does. */
  readonly snapshots?: Pick<Snapshots, 'save' | 'load'> | undefined;
  /** Simulates calls, at `/_taskrouter/calls`; default: nothing does. */
  readonly phone?:
    | Pick<SimulatedPhone, 'call' | 'control' | 'show' | 'calls' | 'press' | 'say' | 'act'>
    | undefined;
  /** Changes the conferences of tasks, for the worker SDK; default: nothing does. */
  readonly conferenceControl?: ConferenceControl | undefined;
  /** Whose phones people hold, as long as their stream is open; default: nobody's. */
  readonly workerPhones?: Pick<WorkerPhones, 'hold'> | undefined;
  /** Identifies this run in `/healthz`, so that clients do not send credentials to another program on the same port. */
  readonly instance?: string | undefined;
  /** How the connections of the worker SDK are treated; default: as documented in event-bridge/. */
  readonly eventBridge?: EventBridgeLimits | undefined;
}
