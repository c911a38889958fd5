import type { Rewrite } from '../../taskrouter/webhooks/http-transport';
import type { RunFlags } from '../flags';

/** The flags of `run`. */
export interface ProgramFlags extends Omit<RunFlags, 'port' | 'data'> {
  /** The Functions only run with a port. */
  readonly port?: number | undefined;
  /** In memory without it. */
  readonly data?: string | undefined;
  readonly functionsUrl?: string | undefined;
  /** Twilio's hosts that the program reaches, in lower case. */
  readonly pass: readonly string[];
  readonly rewrite: readonly Rewrite[];
}
