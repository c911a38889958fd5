import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Worker, WorkerChannel } from '../taskrouter/model/entities';
import { mapWithProgress } from './concurrently';
import { type ReadingProgress, readList } from './lists';
import type { RowMaker } from './rows';
import type { Settings } from './settings';

/** Reads the workers and, where they decide, their channels. */
export async function readWorkers(
  context: WorkspaceContext,
  settings: Settings,
  maker: RowMaker,
  onProgress: ReadingProgress,
): Promise<{ readonly workers: readonly Worker[]; readonly workerChannels: readonly WorkerChannel[] }> {
  const workers = (await readList('workers', context.workers, onProgress)).map((each) => maker.worker(each));
  if (!usesChannels(settings)) {
    const channelsOf = (worker: Worker) =>
      settings.rows.taskChannels.map((channel) => maker.unreadWorkerChannel(worker, channel));
    return { workers, workerChannels: workers.flatMap(channelsOf) };
  }
  const channels = await mapWithProgress('channels of workers', workers, onProgress, ({ sid }) =>
    readList('', context.workers(sid).workerChannels, () => undefined),
  );
  return { workers, workerChannels: channels.flat().map((channel) => maker.workerChannel(channel)) };
}

/** Capacity decides in multitasking workspaces only; an expression can read it in any. */
function usesChannels({ rows }: Settings): boolean {
  const [workspace] = rows.workspaces;
  const texts = [
    ...rows.taskQueues.map(({ targetWorkers }) => targetWorkers ?? ''),
    ...rows.workflowVersions.map(({ configuration }) => configuration),
  ];
  return workspace?.multiTaskEnabled === true || texts.some((text) => /\bchannel\b/.test(text));
}
