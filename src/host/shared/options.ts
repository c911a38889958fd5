import type { HostLog } from './log';

/** Whom the host signs in; the Functions check the same values from their environment. */
export interface OperatorCredentials {
  readonly username: string;
  readonly password: string;
}

/** All in milliseconds. */
export interface HostLimits {
  /**
   * How long a Function may take before its request is answered 504. The platform's is 10 s
   * (https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow).
   */
  readonly functionTimeoutMs: number;
  /**
   * How long the runtime may not answer a heartbeat before it is replaced. Our choice, 3 s: with the start of a
   * new runtime it stays under TaskRouter's 5 s for an assignment callback that waits meanwhile.
   */
  readonly stallMs: number;
  /** How long a new runtime may take to come up. Our choice: 15 s, for a cold disk. */
  readonly startMs: number;
  /** How long a request waits for a runtime before it is answered 503. Our choice: 20 s, one slow start. */
  readonly waitMs: number;
}

export const defaultLimits: HostLimits = {
  functionTimeoutMs: 10_000,
  stallMs: 3_000,
  startMs: 15_000,
  waitMs: 20_000,
};

/** A request's body: 1 MB (same page as the 10 s; the figure includes headers, which we do not count). */
export const maximumBodyBytes = 1024 * 1024;

export interface FunctionsHostOptions {
  /** Absolute; must have `twilio` and `@twilio/runtime-handler` in its node_modules. */
  readonly projectRoot: string;
  /** Bundled Functions, relative to the project, e.g. `dist/functions`. */
  readonly functionsFolder: string;
  /** Built assets, relative to the project, e.g. `dist/assets`. */
  readonly assetsFolder: string;
  /** Sources of the Functions; default `functions`. When it does not exist, the bundles are served as they are. */
  readonly sourceFolder?: string;
  /** 0 = a free one. */
  readonly port: number;
  readonly host: string;
  /** The Functions' environment as far as it is a fact of this run (sids, credentials, URLs): `.env` cannot change it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What applies when `.env` does not say otherwise. */
  readonly environmentDefaults?: Readonly<Record<string, string>>;
  /** Relative to the project; default `.env`. It need not exist. */
  readonly environmentFile?: string;
  /** Signs the requests to protected Functions and assets. */
  readonly authToken: string;
  /** Without it nobody is signed in by the host. */
  readonly operator?: OperatorCredentials | null | undefined;
  readonly log: HostLog;
  readonly limits?: Partial<HostLimits>;
  /** Whether a change of a source or of `.env` reloads the Functions. */
  readonly watch: boolean;
  /** The compiled `child.ts`; default: `functions-child.js` beside this program. */
  readonly childScript?: string;
}

export function sourceFolderOf({ sourceFolder = 'functions' }: FunctionsHostOptions): string {
  return sourceFolder;
}
