import { setTimeout as wait } from 'node:timers/promises';

/** Time as a proof sees it, in ms; a test lets it pass as it likes. */
export interface ProofTime {
  now(): number;
  /** Rejects with the signal's reason when it is given up meanwhile. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemTime: ProofTime = {
  now: Date.now,
  wait: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal && { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  },
};
