import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import type { ExistingWorker } from './existing';
import { parseObject } from './parse-object';

/** The worker in the file's terms, without channels. */
export function readWorker(worker: WorkerInstance): ExistingWorker {
  return {
    sid: worker.sid,
    friendlyName: worker.friendlyName,
    activity: worker.activityName || null,
    attributes: parseObject<Record<string, unknown>>(worker.attributes),
  };
}
