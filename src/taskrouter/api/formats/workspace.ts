import { formatDate } from '../../http/dates';
import type { Workspace } from '../../model/entities';
import { type FormatContext, nameOf, workspaceUrl } from './context';

export function formatWorkspace(workspace: Workspace, context: FormatContext): object {
  const url = workspaceUrl(context, workspace.sid);
  return {
    account_sid: context.accountSid,
    date_created: formatDate(workspace.dateCreated),
    date_updated: formatDate(workspace.dateUpdated),
    default_activity_name: nameOf(context, 'activities', workspace.defaultActivitySid),
    default_activity_sid: workspace.defaultActivitySid,
    event_callback_url: workspace.eventCallbackUrl,
    events_filter: workspace.eventsFilter,
    friendly_name: workspace.friendlyName,
    multi_task_enabled: workspace.multiTaskEnabled,
    sid: workspace.sid,
    timeout_activity_name: nameOf(context, 'activities', workspace.timeoutActivitySid),
    timeout_activity_sid: workspace.timeoutActivitySid,
    prioritize_queue_order: workspace.prioritizeQueueOrder,
    url,
    links: {
      activities: `${url}/Activities`,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      task_queues: `${url}/TaskQueues`,
      tasks: `${url}/Tasks`,
      workers: `${url}/Workers`,
      workflows: `${url}/Workflows`,
      task_channels: `${url}/TaskChannels`,
      events: `${url}/Events`,
    },
  };
}
