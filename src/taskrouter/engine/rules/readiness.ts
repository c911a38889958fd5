import type { Worker, WorkerChannel } from '../../model/entities';
import type { WorkerLoad } from '../indexes/worker-load';
import type { EntityState } from '../state/entity-state';

/** Why a worker cannot be offered a task now. Sources: https://www.twilio.com/docs/taskrouter/multitasking */
export type NotReady = 'not_available' | 'has_pending_reservation' | 'no_capacity';

export const isAvailable = (state: EntityState, { activitySid }: Worker): boolean =>
  state.get('activities', activitySid).available;

/**
 * Whether a worker has to reply to a reservation before the next one. Our choice: in a single-tasking workspace accepted
 * work goes on beside, "governed by activity alone".
 */
export const hasToReply = (state: EntityState, load: WorkerLoad, worker: Worker): boolean =>
  !isMultitasking(state, worker) && load.pending(worker.sid) > 0;

/** The channels of a worker that have room for a task. */
export const channelsWithCapacity = (
  state: EntityState,
  load: WorkerLoad,
  worker: Worker,
): readonly WorkerChannel[] =>
  isMultitasking(state, worker) ? load.channelsWithRoom(worker.sid) : load.channels(worker.sid);

const isMultitasking = (state: EntityState, { workspaceSid }: { readonly workspaceSid: string }) =>
  state.get('workspaces', workspaceSid).multiTaskEnabled;
