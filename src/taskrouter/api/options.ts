import type { AlertLog } from '../inspector/alert-log';
import type { CallbackLog } from '../inspector/callback-log';
import type { TaskRouter } from '../taskrouter';

/** What the API needs of a log; a pino logger fits. */
export interface ApiLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface ApiOptions {
  readonly taskRouter: TaskRouter;
  /** The one account this service knows; its credentials open everything but the health checks. */
  readonly account: { readonly sid: string; readonly authToken: string };
  readonly log: ApiLog;
  readonly callbackLog?: Pick<CallbackLog, 'list'> | undefined;
  readonly alertLog?: Pick<AlertLog, 'list' | 'add'> | undefined;
  /** Host names to answer to beside those of loopback and taskrouter.twilio.com, without a port. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Whether the documented rate limits are enforced; not by default. */
  readonly rateLimits?: boolean | undefined;
  /** Puts everything back to the workspace file. */
  readonly onReset?: (() => Promise<void>) | undefined;
  /** Whether `/readyz` says yes; without it, always. */
  readonly ready?: (() => boolean) | undefined;
  /** Names this run; told by `/healthz`, so that nobody sends credentials to another program on the same port. */
  readonly instance?: string | undefined;
}
