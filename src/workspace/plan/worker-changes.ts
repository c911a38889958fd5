import type { ExistingWorkspace, WorkerChannelFields } from '../existing/existing';
import { findNamed } from '../file/names';
import type { DesiredWorkspace } from '../file/schema';
import { type Change, listChanges } from './changes';
import { type Differences, differences, given } from './differences';

/** The activity in the file is where a worker begins; later it is the worker's own. */
export function workerChanges(desired: DesiredWorkspace, present: ExistingWorkspace): Change[] {
  return listChanges('worker', desired.workers, present.workers, ({ friendlyName, attributes, activity }) =>
    findNamed(present.workers, friendlyName) ? { attributes } : { attributes, activity },
  );
}

/**
 * Where workers have several tasks at a time. What a new worker's channels will be is TaskRouter's choice, so that all
 * that the file says of them is sent.
 */
export function workerChannelChanges(desired: DesiredWorkspace, present: ExistingWorkspace): Change[] {
  if (!present.multiTaskEnabled) return [];
  return desired.workers.flatMap(({ friendlyName: worker, channels = {} }) =>
    Object.entries(channels).flatMap(([name, said]): Change[] => {
      const found = findNamed(present.workers, worker)?.channels?.[name];
      const { fields, before }: Differences<WorkerChannelFields> = found
        ? differences<WorkerChannelFields>(said, found)
        : { fields: given<WorkerChannelFields>(said), before: {} };
      if (Object.keys(fields).length === 0) return [];
      return [{ action: 'update', kind: 'workerChannel', name, worker, fields, before }];
    }),
  );
}
