import type { FunctionsHost } from '../host/functions-host';

/** What changes while everything on this computer starts, runs, and stops. */
export interface Progress {
  isReady: boolean;
  /** Where callbacks go; null if there are no Functions, or not yet. */
  functionsUrl: string | null;
  /** The Functions that run here. */
  host: FunctionsHost | null;
}
