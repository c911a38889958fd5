import { setTimeout as wait } from 'node:timers/promises';

/** Time as a proof sees it, in ms; a test lets it pass as it likes. */
export interface DeployTime {
  now(): number;
  /** Rejects with the signal's reason when it is given up meanwhile. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** In ms: how long to go on looking, and how long to wait in between. */
export interface PollLimits {
  readonly patience: number;
  readonly pause: number;
}

/**
 * Looks again and again until it sees what is wanted, or the time is over; answers what it saw last.
 * @throws what looking throws; the signal's reason
 */
export async function pollUntil<Seen>(
  look: () => Promise<Seen>,
  isWanted: (seen: Seen) => boolean,
  { patience, pause }: PollLimits,
  time: DeployTime,
  signal?: AbortSignal,
): Promise<Seen> {
  const end = time.now() + patience;
  for (;;) {
    const seen = await look();
    if (isWanted(seen) || time.now() >= end) return seen;
    await time.wait(pause, signal);
  }
}

export const systemTime: DeployTime = {
  now: Date.now,
  wait: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal && { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  },
};
