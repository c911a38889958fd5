import type { Snapshot } from './read-snapshot';

/**
 * Why a service with this clock cannot load a snapshot and show the same situation; null if it can. A virtual clock goes to
 * the time of the snapshot. The system's goes on, so nothing may have fallen due since (our choice: otherwise the timeouts
 * would end the situation before anybody has seen it).
 * @param clock.now in Unix milliseconds
 */
export function clockObstacle(
  { time, nextDeadline }: Snapshot,
  clock: { readonly isVirtual: boolean; readonly now: number },
): string | null {
  if (clock.isVirtual) return null;
  const saved = `The snapshot is of ${new Date(time).toISOString()}`;
  const remedy = 'Load it into a service with a virtual clock: --clock virtual.';
  if (time > clock.now) return `${saved}, which is ahead of the system's clock. ${remedy}`;
  if (nextDeadline !== null && nextDeadline <= clock.now) {
    return `${saved}. By the system's clock, timeouts of its tasks have run out since and would take effect at once. ${remedy}`;
  }
  return null;
}
