import { formatDate } from '../../http/dates';
import type { Worker } from '../../model/entities';
import { type FormatContext, workspaceUrl } from './context';

export function formatWorker(worker: Worker, context: FormatContext): object {
  const workspace = workspaceUrl(context, worker.workspaceSid);
  const url = `${workspace}/Workers/${worker.sid}`;
  const activity = context.find('activities', worker.activitySid);
  return {
    account_sid: context.accountSid,
    activity_name: activity?.friendlyName ?? null,
    activity_sid: worker.activitySid,
    attributes: worker.attributes.text,
    available: activity?.available ?? null,
    date_created: formatDate(worker.dateCreated),
    date_status_changed: formatDate(worker.dateStatusChanged),
    date_updated: formatDate(worker.dateUpdated),
    friendly_name: worker.friendlyName,
    sid: worker.sid,
    workspace_sid: worker.workspaceSid,
    url,
    links: {
      channels: `${url}/Channels`,
      activity: `${workspace}/Activities/${worker.activitySid}`,
      workspace,
      statistics: `${workspace}/Workers/Statistics`,
      real_time_statistics: `${workspace}/Workers/RealTimeStatistics`,
      cumulative_statistics: `${workspace}/Workers/CumulativeStatistics`,
      worker_statistics: `${url}/Statistics`,
      worker_channels: `${url}/Channels`,
      reservations: `${url}/Reservations`,
    },
  };
}
