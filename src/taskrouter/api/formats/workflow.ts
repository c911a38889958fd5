import { formatDate } from '../../http/dates';
import type { Workflow } from '../../model/entities';
import { type FormatContext, workspaceUrl } from './context';

export function formatWorkflow(workflow: Workflow, context: FormatContext): object {
  const url = `${workspaceUrl(context, workflow.workspaceSid)}/Workflows/${workflow.sid}`;
  return {
    account_sid: context.accountSid,
    assignment_callback_url: workflow.assignmentCallbackUrl,
    configuration: context.find('workflowVersions', workflow.versionSid)?.configuration ?? null,
    date_created: formatDate(workflow.dateCreated),
    date_updated: formatDate(workflow.dateUpdated),
    document_content_type: null,
    fallback_assignment_callback_url: workflow.fallbackAssignmentCallbackUrl,
    friendly_name: workflow.friendlyName,
    sid: workflow.sid,
    task_reservation_timeout: workflow.taskReservationTimeoutSeconds,
    workspace_sid: workflow.workspaceSid,
    url,
    links: {
      workspace: workspaceUrl(context, workflow.workspaceSid),
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
    },
  };
}
