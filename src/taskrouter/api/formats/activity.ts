import { formatDate } from '../../http/dates';
import type { Activity } from '../../model/entities';
import { type FormatContext, workspaceUrl } from './context';

export function formatActivity(activity: Activity, context: FormatContext): object {
  const workspace = workspaceUrl(context, activity.workspaceSid);
  return {
    account_sid: context.accountSid,
    available: activity.available,
    date_created: formatDate(activity.dateCreated),
    date_updated: formatDate(activity.dateUpdated),
    friendly_name: activity.friendlyName,
    sid: activity.sid,
    workspace_sid: activity.workspaceSid,
    url: `${workspace}/Activities/${activity.sid}`,
    links: { workspace },
  };
}
