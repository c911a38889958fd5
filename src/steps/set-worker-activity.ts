import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import { findActivity } from './activity-lookup';
import type { StepContext } from './step';
import { findWorker } from './worker-lookup';

interface SetWorkerActivityParameters {
  /** Sid or name. */
  readonly worker: string;
  /** Sid or name. */
  readonly activity: string;
  /** Only for an unavailable activity; TaskRouter rejects it otherwise. */
  readonly rejectPendingReservations?: boolean | undefined;
}

interface WorkerResponse {
  readonly worker_sid: string;
  readonly worker_name: string;
  readonly activity_sid: string;
  readonly activity_name: string;
  readonly available: boolean;
  readonly already?: true;
}

/** Moves a worker to an activity. In an available one, the worker is eligible for waiting tasks at once. */
export async function setWorkerActivity(
  { workspace }: StepContext,
  { worker: wantedWorker, activity: wantedActivity, rejectPendingReservations }: SetWorkerActivityParameters,
): Promise<WorkerResponse> {
  const [worker, activity] = await Promise.all([
    findWorker(workspace, wantedWorker),
    findActivity(workspace, wantedActivity),
  ]);
  const already = worker.activitySid === activity.sid;
  if (already && !rejectPendingReservations) return workerResponse(worker, already);
  const moved = await workspace.workers(worker.sid).update({
    activitySid: activity.sid,
    ...(rejectPendingReservations !== undefined && { rejectPendingReservations }),
  });
  return workerResponse(moved, already);
}

function workerResponse(worker: WorkerInstance, already: boolean): WorkerResponse {
  return {
    worker_sid: worker.sid,
    worker_name: worker.friendlyName,
    activity_sid: worker.activitySid,
    activity_name: worker.activityName,
    available: worker.available,
    ...(already && { already: true as const }),
  };
}
