import { limits } from '../../common/limits';
import type { View } from '../engine/state/view';
import { InvalidParameter } from '../model/errors';

/**
 * Worker and workflow statistics may be unavailable in large workspaces: https://www.twilio.com/docs/taskrouter/limits
 * @throws InvalidParameter above `max` workers
 */
export function checkWorkerLimit(
  view: View,
  workspaceSid: string,
  max: number = limits.statisticsWorkers,
): void {
  if (max === Number.POSITIVE_INFINITY) return;
  let workers = 0;
  for (const _ of view.all('workers', workspaceSid)) {
    workers += 1;
    if (workers > max) throw new InvalidParameter(`Statistics are not available above ${max} Workers`);
  }
}
