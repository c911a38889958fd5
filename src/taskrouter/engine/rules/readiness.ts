import type { Worker, WorkerChannel } from '../../model/entities';
import type { WorkerLoad } from '../indexes/worker-load';
import type { EntityState } from '../state/entity-state';

/** Why a worker cannot be offered any task now, or none of a channel. */
export type NotReady = 'not_available' | 'has_pending_reservation' | 'no_capacity';

/**
 * What keeps a worker from every task; null if nothing does. Our choice: in a single-tasking workspace accepted work
 * goes on beside, "governed by activity alone".
 * Source: https://www.twilio.com/docs/taskrouter/multitasking
 */
export function workerObstacle(state: EntityState, load: WorkerLoad, worker: Worker): NotReady | null {
  if (!state.get('activities', worker.activitySid).available) return 'not_available';
  const { multiTaskEnabled } = state.get('workspaces', worker.workspaceSid);
  return !multiTaskEnabled && load.pending(worker.sid) > 0 ? 'has_pending_reservation' : null;
}

/** What keeps a worker from the tasks of one channel; null if nothing does. */
export function channelObstacle(
  state: EntityState,
  load: WorkerLoad,
  channel: WorkerChannel,
): NotReady | null {
  const { multiTaskEnabled } = state.get('workspaces', channel.workspaceSid);
  return multiTaskEnabled && !load.hasRoom(channel) ? 'no_capacity' : null;
}
