import { builtInTaskChannels } from '../../common/built-in-task-channels';
import type {
  Existing,
  ExistingWorker,
  ExistingWorkspace,
  TaskQueueFields,
  WorkflowFields,
} from '../existing/existing';
import { functionsUrlPlaceholder } from '../file/callback-urls';
import { carriesPassword } from '../file/mask-passwords';
import type { DesiredWorkspace } from '../file/schema';

/** A workspace as a file would say it. */
export interface WrittenWorkspace {
  readonly desired: DesiredWorkspace;
  /** What is not in it, and why. */
  readonly notes: readonly string[];
}

/**
 * Everything that has a value; what is not set is left out, and is then left alone when the file is applied. A workflow
 * or attributes that are no JSON are written as they are, for the file's own check to refuse.
 * @param functionsUrl where the Functions are; URLs below it are written with `${FUNCTIONS_URL}`
 */
export function writtenWorkspace(existing: ExistingWorkspace, functionsUrl: string | null): WrittenWorkspace {
  const notes: string[] = [];
  const writeUrl: WriteUrl = (place, url) => {
    if (url === null) return undefined;
    if (!carriesPassword(url)) return withPlaceholder(url, functionsUrl);
    notes.push(`${place} is left out because it contains a password. Applying the file leaves it unchanged.`);
    return undefined;
  };
  const desired = {
    ...writtenSettings(existing, writeUrl),
    taskChannels: writtenTaskChannels(existing),
    activities: existing.activities.map(({ sid: _, ...activity }) => activity),
    taskQueues: existing.taskQueues.map(writtenTaskQueue),
    workflows: existing.workflows.map((workflow, index) =>
      writtenWorkflow(workflow, (field, url) => writeUrl(`workflows[${index}].${field}`, url)),
    ),
    workers: existing.workers.map(writtenWorker),
  };
  // As it comes back from the file: what is undefined is not in it.
  const written = JSON.parse(JSON.stringify(desired)) as DesiredWorkspace;
  return { desired: written, notes: [...notes, ...elsewhere(written)] };
}

/** Whoever runs the file on a computer of his own does not expect to be heard in production. */
function elsewhere({ eventCallbackUrl, workflows }: DesiredWorkspace): string[] {
  const urls = [
    eventCallbackUrl,
    ...workflows.flatMap((each) => [each.assignmentCallbackUrl, each.fallbackAssignmentCallbackUrl]),
  ];
  const origins = new Set(urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).origin] : [])));
  return [...origins].map(
    (origin) =>
      `Callbacks go to ${origin}, even when you run the file locally. If your Functions are there, pull with --functions-url ${origin}`,
  );
}

/** What stands in the file for a URL, undefined for nothing. */
type WriteUrl = (place: string, url: string | null) => string | undefined;

function writtenSettings(existing: ExistingWorkspace, writeUrl: WriteUrl) {
  const { eventsFilter } = existing;
  return {
    friendlyName: existing.friendlyName,
    multiTaskEnabled: existing.multiTaskEnabled,
    prioritizeQueueOrder: existing.prioritizeQueueOrder,
    eventCallbackUrl: writeUrl('eventCallbackUrl', existing.eventCallbackUrl),
    eventsFilter: eventsFilter.length > 0 ? eventsFilter : undefined,
    defaultActivity: existing.defaultActivity ?? undefined,
    timeoutActivity: existing.timeoutActivity ?? undefined,
  };
}

function writtenTaskQueue({
  sid: _,
  reservationActivity,
  assignmentActivity,
  ...taskQueue
}: Existing<TaskQueueFields>) {
  return {
    ...taskQueue,
    reservationActivity: reservationActivity ?? undefined,
    assignmentActivity: assignmentActivity ?? undefined,
  };
}

function writtenWorkflow(workflow: Existing<WorkflowFields>, writeUrl: WriteUrl) {
  const { friendlyName, taskReservationTimeout, configuration } = workflow;
  return {
    friendlyName,
    taskReservationTimeout,
    assignmentCallbackUrl: writeUrl('assignmentCallbackUrl', workflow.assignmentCallbackUrl),
    fallbackAssignmentCallbackUrl: writeUrl(
      'fallbackAssignmentCallbackUrl',
      workflow.fallbackAssignmentCallbackUrl,
    ),
    configuration,
  };
}

/** Those that every workspace has, only where somebody made something of them. */
function writtenTaskChannels({ taskChannels }: ExistingWorkspace) {
  const made = taskChannels.filter(
    ({ uniqueName, channelOptimizedRouting }) =>
      channelOptimizedRouting || !builtInTaskChannels.includes(uniqueName),
  );
  return made.length > 0 ? made.map(({ sid: _, ...channel }) => channel) : undefined;
}

function writtenWorker({ friendlyName, activity, attributes, channels = {} }: ExistingWorker) {
  const changed = Object.entries(channels).filter(
    ([, { capacity, available }]) => capacity !== 1 || !available,
  );
  return {
    friendlyName,
    activity: activity ?? undefined,
    attributes,
    channels: changed.length > 0 ? Object.fromEntries(changed) : undefined,
  };
}

/** Only a whole part of the address: another port or a longer host is another address. */
function withPlaceholder(url: string, functionsUrl: string | null): string {
  const base = functionsUrl?.replace(/\/+$/, '');
  if (!base || !url.startsWith(base) || !/^(?:$|[/?#])/.test(url.slice(base.length))) return url;
  return `${functionsUrlPlaceholder}${url.slice(base.length)}`;
}
