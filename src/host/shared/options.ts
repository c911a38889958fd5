import type { OwnAddress } from '../../common/own-address';
import { defaultRequestMs } from '../../system/connection-guard';
import type { OwnsConnection } from '../../system/own-connection';
import type { HostLog } from './log';

/** The credentials the host signs requests in with; the Functions check them against their environment. */
export interface OperatorCredentials {
  readonly username: string;
  readonly password: string;
}

/** The TaskRouter beside the host. Who signs in as its operator may make and answer simulated calls through the host. */
export interface LocalTaskRouter {
  /** A loopback address. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly operator: OperatorCredentials;
}

/** The lifecycle page and its Functions, served beside another project's own. */
export interface Lifecycle {
  /** Where `dist/functions` and `dist/assets` are; absolute. */
  readonly root: string;
}

/** All in milliseconds. */
export interface HostLimits {
  /**
   * How long a Function may take before its request gets 504. The platform's limit is 10 s
   * (https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow).
   */
  readonly functionTimeoutMs: number;
  /**
   * How long the runtime may miss heartbeats before it is replaced. Our choice, 3 s: together with the start of a
   * new runtime it stays under TaskRouter's 5 s for an assignment callback that waits meanwhile.
   */
  readonly stallMs: number;
  /** How long a new runtime may take to come up. Our choice: 15 s, for a cold disk. */
  readonly startMs: number;
  /** How long a request waits for a runtime before it gets 503. Our choice: 20 s, one slow start. */
  readonly waitMs: number;
  /** How long a request may take to arrive before it gets 408. */
  readonly requestMs: number;
}

export const defaultLimits: HostLimits = {
  functionTimeoutMs: 10_000,
  stallMs: 3_000,
  startMs: 15_000,
  waitMs: 20_000,
  requestMs: defaultRequestMs,
};

/** The limit for a request body: 1 MB (same page as the 10 s; Twilio's figure includes headers, ours does not). */
export const maxBodyBytes = 1024 * 1024;

export interface FunctionsHostOptions extends Pick<OwnAddress, 'publicUrl'> {
  /** Absolute; `twilio` is loaded from its node_modules, if it is there. */
  readonly projectRoot: string;
  /** The Functions that are served, relative to the project, such as `dist/functions`. */
  readonly functionsFolder: string;
  /** The assets that are served, relative to the project, such as `dist/assets`. */
  readonly assetsFolder: string;
  /** Sources that are bundled into `functionsFolder`, relative to the project; without them, nothing is bundled. */
  readonly sourceFolder?: string | undefined;
  /** Served at the paths that the project leaves free. Then only these Functions sign this computer's user in. */
  readonly lifecycle?: Lifecycle | undefined;
  /** 0: a free one. */
  readonly port: number;
  readonly host: string;
  /** The variables that describe this run (sids, credentials, URLs). They override `.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** The variables that `.env` overrides. */
  readonly environmentDefaults?: Readonly<Record<string, string>>;
  /** The environment of the process in which they run; default: empty, as on the platform. */
  readonly processEnvironment?: Readonly<Record<string, string>>;
  /** Relative to the project; default `.env`. It may be missing. */
  readonly environmentFile?: string;
  /** Checks the signatures of requests to protected Functions and assets. */
  readonly authToken: string;
  /** Without it, the host signs no request in. */
  readonly operator?: OperatorCredentials | null | undefined;
  /** Without it, there are no simulated calls. */
  readonly localTaskRouter?: LocalTaskRouter | undefined;
  /** Whose requests are signed in; default: those of the user who runs this process. */
  readonly ownsConnection?: OwnsConnection | undefined;
  readonly log: HostLog;
  readonly limits?: Partial<HostLimits>;
  /** Whether a changed source or `.env` reloads the Functions. */
  readonly watch: boolean;
  /** The compiled `child.ts`; default: `functions-child.js` beside this program. */
  readonly childScript?: string;
}
