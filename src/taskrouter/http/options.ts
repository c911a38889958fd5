import type { OwnAddress } from '../../common/own-address';
import type { SuggestedMove } from '../../common/suggested-move';
import type { ApiKey } from '../../system/credentials';
import type { Journal } from '../inspector/journal';
import type { TaskRouter } from '../taskrouter';
import type { Replays } from '../webhooks/replays';

/** What the API needs of a log; a pino logger fits. */
export interface ApiLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** The files of the inspector's page, by their path at this service. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export interface ApiOptions extends Pick<OwnAddress, 'host' | 'publicUrl'> {
  readonly taskRouter: TaskRouter;
  /** The one account this service knows; its credentials open everything but the health checks. */
  readonly account: { readonly sid: string; readonly authToken: string; readonly apiKey: ApiKey };
  readonly log: ApiLog;
  /** What the inspector shows. */
  readonly journal: Journal;
  /** Sends callbacks of the journal again. */
  readonly replays: Replays;
  /** The page at `/`; without it, a text that says what there is. */
  readonly page?: PageFiles | undefined;
  /** Lets the inspector's own page on this computer in without credentials. */
  readonly localSignIn?: boolean | undefined;
  /** Where the Functions are, for a link; null when there are none. */
  readonly functionsUrl?: (() => string | null) | undefined;
  /** What the tour of the inspector suggests; null if the workspace file has no such worker or activity. */
  readonly suggestedMove?: SuggestedMove | null | undefined;
  /** Whether the documented rate limits are enforced; not by default. */
  readonly rateLimits?: boolean | undefined;
  /** Puts everything back to the workspace file. */
  readonly onReset?: (() => Promise<void>) | undefined;
  /** Whether `/readyz` says yes; without it, always. */
  readonly ready?: (() => boolean) | undefined;
  /** Names this run; told by `/healthz`, so that nobody sends credentials to another program on the same port. */
  readonly instance?: string | undefined;
}
