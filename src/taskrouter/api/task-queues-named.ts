import type { ApiRequest } from './api-request';

/** Sids of the workspace's queues of this name: names of queues need not be unique. Undefined without a name. */
export function taskQueuesNamed(call: ApiRequest, name: string | undefined): readonly string[] | undefined {
  if (name === undefined) return undefined;
  const queues = call.context.view.all('taskQueues', call.row('workspaces').sid);
  return Array.from(queues).flatMap((queue) => (queue.friendlyName === name ? [queue.sid] : []));
}
