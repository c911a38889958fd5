import { formatDate } from '../../http/dates';
import type { TaskQueue } from '../../model/entities';
import { type FormatContext, nameOf, workspaceUrl } from './context';

export function formatTaskQueue(queue: TaskQueue, context: FormatContext): object {
  const workspace = workspaceUrl(context, queue.workspaceSid);
  const url = `${workspace}/TaskQueues/${queue.sid}`;
  const activityUrl = (sid: string | null) => (sid === null ? null : `${workspace}/Activities/${sid}`);
  return {
    account_sid: context.accountSid,
    assignment_activity_sid: queue.assignmentActivitySid,
    assignment_activity_name: nameOf(context, 'activities', queue.assignmentActivitySid),
    date_created: formatDate(queue.dateCreated),
    date_updated: formatDate(queue.dateUpdated),
    friendly_name: queue.friendlyName,
    max_reserved_workers: queue.maxReservedWorkers,
    reservation_activity_sid: queue.reservationActivitySid,
    reservation_activity_name: nameOf(context, 'activities', queue.reservationActivitySid),
    sid: queue.sid,
    target_workers: queue.targetWorkers,
    task_order: queue.taskOrder,
    url,
    workspace_sid: queue.workspaceSid,
    links: {
      assignment_activity: activityUrl(queue.assignmentActivitySid),
      reservation_activity: activityUrl(queue.reservationActivitySid),
      workspace,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      list_statistics: `${workspace}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${workspace}/TaskQueues/RealTimeStatistics`,
    },
  };
}
