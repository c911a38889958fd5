import { formatDate } from '../../http/dates';
import type { ResourceType } from '../../model/event-types';
import type { TaskRouterEvent } from '../../model/events';
import { type FormatContext, workspaceUrl } from './context';

/** Our choices: the actor is the workspace; a reservation's URL is the one under its task. */
export function formatEvent(event: TaskRouterEvent, context: FormatContext): object {
  const workspace = workspaceUrl(context, event.workspaceSid);
  return {
    account_sid: context.accountSid,
    actor_sid: event.workspaceSid,
    actor_type: 'workspace',
    actor_url: workspace,
    description: event.description,
    event_data: eventData(event),
    event_date: formatDate(event.date),
    event_date_ms: event.date,
    event_type: event.type,
    resource_sid: event.resourceSid,
    resource_type: event.resourceType,
    resource_url: resourceUrl(event, workspace),
    sid: event.sid,
    source: event.origin.source,
    source_ip_address: event.origin.ipAddress,
    url: `${workspace}/Events/${event.sid}`,
    workspace_sid: event.workspaceSid,
  };
}

/** The callback's fields in snake_case; the workspace is among them (seen in Twilio's OpenAPI example). */
function eventData(event: TaskRouterEvent): Record<string, string> {
  const data: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.fields)) data[snakeCase(name)] = value;
  data.workspace_name = event.workspaceName;
  data.workspace_sid = event.workspaceSid;
  return data;
}

/** Kept, because a page of a thousand events repeats thirty names a thousand times. */
const snakeCased = new Map<string, string>();

function snakeCase(name: string): string {
  const known = snakeCased.get(name);
  if (known !== undefined) return known;
  const text = name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
  snakeCased.set(name, text);
  return text;
}

const collections: Readonly<Record<Exclude<ResourceType, 'workspace' | 'reservation' | 'transfer'>, string>> =
  {
    activity: 'Activities',
    taskchannel: 'TaskChannels',
    taskqueue: 'TaskQueues',
    workflow: 'Workflows',
    worker: 'Workers',
    task: 'Tasks',
  };

/** REST does not have transfers: our choice is the URL of the task. */
function resourceUrl({ resourceType, resourceSid, fields }: TaskRouterEvent, workspace: string): string {
  if (resourceType === 'workspace') return workspace;
  if (resourceType === 'reservation')
    return `${workspace}/Tasks/${fields.TaskSid}/Reservations/${resourceSid}`;
  if (resourceType === 'transfer') return `${workspace}/Tasks/${fields.TaskSid}`;
  return `${workspace}/${collections[resourceType]}/${resourceSid}`;
}
