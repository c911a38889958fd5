import type { View } from '../../engine/state/view';
import { formatDate } from '../../http/dates';
import type { WorkerChannel } from '../../model/entities';
import { type FormatContext, workspaceUrl } from './context';

export function formatWorkerChannel(
  channel: WorkerChannel,
  context: FormatContext,
  view: Pick<View, 'useOfChannel'>,
): object {
  const worker = `${workspaceUrl(context, channel.workspaceSid)}/Workers/${channel.workerSid}`;
  const use = view.useOfChannel(channel);
  return {
    account_sid: context.accountSid,
    assigned_tasks: use.assigned,
    available: channel.available,
    available_capacity_percentage: use.availableCapacityPercentage,
    configured_capacity: channel.configuredCapacity,
    date_created: formatDate(channel.dateCreated),
    date_updated: formatDate(channel.dateUpdated),
    sid: channel.sid,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: context.find('taskChannels', channel.taskChannelSid)?.uniqueName ?? null,
    worker_sid: channel.workerSid,
    workspace_sid: channel.workspaceSid,
    url: `${worker}/Channels/${channel.sid}`,
  };
}
