import { readWorkerUpdate } from '../../http/entity-updates';
import { passesAll } from '../../http/filters';
import { workerTests } from '../../http/worker-filters';
import type { Worker } from '../../model/entities';
import { sidPrefix } from '../../model/sids';
import type { Call } from '../call';
import { listPayload } from '../list';
import { channelPayload, workerPayload } from '../payloads';
import { readDateOrder } from './ordering';

export const filters = ['FriendlyName', 'ActivitySid', 'ActivityName', 'TargetWorkersExpression', 'Ordering'];
export const updateParameters = ['ActivitySid', 'RejectPendingReservations', 'Attributes'];

export function listWorkers(call: Call): Promise<object> {
  const { parameters, context } = call;
  return listPayload(call, {
    rows: context.view.all('workers', call.row('workspaces').sid),
    passes: passesAll(workerTests(parameters, context.view)),
    prefix: sidPrefix.worker,
    order: readDateOrder(parameters, 'DateStatusChanged', (worker: Worker) => worker.dateStatusChanged),
    format: (worker) => workerPayload(worker, context),
  });
}

export function fetchWorker(call: Call): object {
  return workerPayload(call.row('workers'), call.context);
}

/** The SDK sends a supervisor's own version with the update of another worker, so that one is not compared. */
export async function updateWorker(call: Call): Promise<object> {
  const present = call.row('workers');
  if (present.sid === call.token.workerSid) call.requireMatch(present);
  return workerPayload(await call.execute(readWorkerUpdate(call.parameters, present)), call.context);
}

export function listChannels(call: Call): Promise<object> {
  const { context } = call;
  return listPayload(call, {
    rows: context.view.channelsOfWorker(call.row('workers').sid),
    passes: () => true,
    prefix: sidPrefix.workerChannel,
    format: (channel) => channelPayload(channel, context),
  });
}
