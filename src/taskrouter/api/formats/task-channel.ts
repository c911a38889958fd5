import { formatDate } from '../../http/dates';
import type { TaskChannel } from '../../model/entities';
import { type FormatContext, workspaceUrl } from './context';

export function formatTaskChannel(channel: TaskChannel, context: FormatContext): object {
  const workspace = workspaceUrl(context, channel.workspaceSid);
  return {
    account_sid: context.accountSid,
    date_created: formatDate(channel.dateCreated),
    date_updated: formatDate(channel.dateUpdated),
    friendly_name: channel.friendlyName,
    sid: channel.sid,
    unique_name: channel.uniqueName,
    workspace_sid: channel.workspaceSid,
    channel_optimized_routing: channel.channelOptimizedRouting,
    url: `${workspace}/TaskChannels/${channel.sid}`,
    links: { workspace },
  };
}
