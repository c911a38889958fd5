import { passesAll, when } from '../../http/filters';
import type { TaskQueue } from '../../model/entities';
import { sidPrefix } from '../../model/sids';
import type { Call } from '../call';
import { listPayload } from '../list';
import { activityPayload, taskQueuePayload } from '../payloads';
import { readDateOrder } from './ordering';

export const taskQueueFilters = ['FriendlyName', 'WorkerSid', 'Ordering'];

export function listActivities(call: Call): Promise<object> {
  const { context } = call;
  return listPayload(call, {
    rows: context.view.all('activities', call.row('workspaces').sid),
    passes: () => true,
    prefix: sidPrefix.activity,
    format: (activity) => activityPayload(activity, context),
  });
}

export function listTaskQueues(call: Call): Promise<object> {
  const { parameters, context } = call;
  const { view } = context;
  return listPayload(call, {
    rows: view.all('taskQueues', call.row('workspaces').sid),
    passes: passesAll([
      when(parameters.text('FriendlyName'), (queue: TaskQueue, name) => queue.friendlyName === name),
      when(parameters.sid('WorkerSid', 'WK'), (queue: TaskQueue, sid) => view.isInQueue(sid, queue.sid)),
    ]),
    prefix: sidPrefix.taskQueue,
    order: readDateOrder(parameters, 'DateUpdated', (queue: TaskQueue) => queue.dateUpdated),
    format: (queue) => taskQueuePayload(queue, context),
  });
}

export function fetchTaskQueue(call: Call): object {
  return taskQueuePayload(call.row('taskQueues'), call.context);
}
