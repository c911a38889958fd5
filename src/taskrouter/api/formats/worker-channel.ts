import type { WorkerChannel } from '../../model/entities';
import { formatDate } from '../dates';
import { loadOf } from '../worker-channel-load';
import { type FormatContext, workspaceUrl } from './context';

export function formatWorkerChannel(channel: WorkerChannel, context: FormatContext): object {
  const worker = `${workspaceUrl(context, channel.workspaceSid)}/Workers/${channel.workerSid}`;
  return {
    account_sid: context.accountSid,
    ...loadOf(context.view, channel),
    available: channel.available,
    date_created: formatDate(channel.dateCreated),
    date_updated: formatDate(channel.dateUpdated),
    sid: channel.sid,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: context.view.find('taskChannels', channel.taskChannelSid)?.uniqueName ?? null,
    worker_sid: channel.workerSid,
    workspace_sid: channel.workspaceSid,
    url: `${worker}/Channels/${channel.sid}`,
  };
}
