import type { View } from '../engine/state/view';
import type { Worker } from '../model/entities';
import { isSid, sidPrefix } from '../model/sids';

/**
 * The worker with a SID, or with a name in any case.
 * @param workspaceSid where to look for a name; default: everywhere
 */
export function findWorker(view: View, sidOrName: string, workspaceSid?: string): Worker | undefined {
  const name = sidOrName.toLowerCase();
  if (isSid(sidPrefix.worker, sidOrName)) return view.find('workers', sidOrName);
  for (const worker of view.all('workers', workspaceSid))
    if (worker.friendlyName.toLowerCase() === name) return worker;
  return undefined;
}
