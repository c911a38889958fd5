import type { Clock } from '../../system/clock';
import type { BusyCount } from './busy-count';
import { DeliveryStopped } from './transport';

/**
 * Waits for a time of the clock, in Unix milliseconds. Meanwhile the caller is not busy, so that a virtual clock can advance.
 * @throws DeliveryStopped if `stopping` aborts first
 */
export async function waitUntil(
  time: number,
  clock: Clock,
  busy: BusyCount,
  stopping: AbortSignal,
): Promise<void> {
  while (time > clock.now()) {
    if (stopping.aborted) throw new DeliveryStopped();
    await nextWake(time, clock, busy, stopping);
  }
}

/** Also resolves when `stopping` aborts. */
function nextWake(time: number, clock: Clock, busy: BusyCount, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const resume = () => {
      cancel();
      stopping.removeEventListener('abort', resume);
      busy.begin();
      resolve();
    };
    const cancel = clock.wakeAt(time, resume);
    stopping.addEventListener('abort', resume);
    busy.end();
  });
}
