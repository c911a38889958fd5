import { setTimeout as wait } from 'node:timers/promises';
import type { DeployTime } from '../../deploy/poll-until';
import { SystemClock } from '../../system/system-clock';

const clock = new SystemClock();

/** The time of this computer. */
export const systemTime: DeployTime = {
  now: () => clock.now(),
  wait: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal && { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  },
};
