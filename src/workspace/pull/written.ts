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

/** A workspace in the form of a file. */
export interface WrittenWorkspace {
  readonly desired: DesiredWorkspace;
  /** What is left out, and why. */
  readonly notes: readonly string[];
}

/**
 * Everything that has a value. What is not set is left out, so applying the file leaves it alone. Workflows and attributes
 * that are not JSON are written as they are, and fail the file's own check.
 * @param functionsUrl the address of the Functions; URLs below it are written with `${FUNCTIONS_URL}`
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
  // Drops undefined fields, as a file does.
  const written = JSON.parse(JSON.stringify(desired)) as DesiredWorkspace;
  return { desired: written, notes: [...notes, ...elsewhere(written)] };
}

/** People who run the file locally do not expect callbacks to go to production. */
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

/** The file's form of a URL; undefined leaves it out. */
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

/** The built-in channels are only written where they have been changed. */
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

/** Only replaces a complete address: a different port or a longer host is a different address. */
function withPlaceholder(url: string, functionsUrl: string | null): string {
  const base = functionsUrl?.replace(/\/+$/, '');
  if (!base || !url.startsWith(base) || !/^(?:$|[/?#])/.test(url.slice(base.length))) return url;
  return `${functionsUrlPlaceholder}${url.slice(base.length)}`;
}
