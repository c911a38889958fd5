import type { ApiRequest } from './api-request';

/** The sids of the workspace's queues with this name; several queues may share one. Undefined without a name. */
export function taskQueuesNamed(
  request: ApiRequest,
  name: string | undefined,
): readonly string[] | undefined {
  if (name === undefined) return undefined;
  const queues = request.context.view.all('taskQueues', request.row('workspaces').sid);
  return Array.from(queues).flatMap((queue) => (queue.friendlyName === name ? [queue.sid] : []));
}
