import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { atATime } from './at-a-time';
import type { ExistingWorker } from './existing';
import { pages } from './pages';
import type { ChannelsOf } from './read';

/** The same workers, with the channels of those that are asked for. */
export function readWorkerChannels(
  workspace: WorkspaceContext,
  workers: readonly ExistingWorker[],
  channelsOf: ChannelsOf,
): Promise<ExistingWorker[]> {
  return atATime(workers, async (worker) => {
    if (!worker.sid || !channelsOf(worker.friendlyName)) return worker;
    const channels = await workspace.workers(worker.sid).workerChannels.list(pages());
    const fields = channels.map(({ taskChannelUniqueName, configuredCapacity, available }) => [
      taskChannelUniqueName,
      { capacity: configuredCapacity, available },
    ]);
    return { ...worker, channels: Object.fromEntries(fields) };
  });
}
