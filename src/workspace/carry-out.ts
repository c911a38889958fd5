import type { Twilio } from 'twilio';
import type { WorkspaceContext, WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { withSids } from './configuration-names';
import { given, type Said } from './differences';
import type { Directory } from './directory';
import { type FieldsOf, type Kind, nouns } from './existing';
import type { Change } from './plan';
import { WorkspaceFileError } from './workspace-file-error';

type ChangeOf<Name extends Kind> = Extract<Change, { kind: Name }>;

/** The first change of a plan for a workspace that does not exist. */
export function createWorkspace(client: Twilio, change: ChangeOf<'workspace'>): Promise<WorkspaceInstance> {
  const { multiTaskEnabled, prioritizeQueueOrder, eventsFilter } = change.fields;
  const wanted = given({ multiTaskEnabled, prioritizeQueueOrder, eventsFilter: eventsFilter?.join(',') });
  return explained(change, () =>
    client.taskrouter.v1.workspaces.create({ friendlyName: change.name, ...sendable(wanted) }),
  );
}

/**
 * Sends the one request that a change is. What it creates goes into the directory, for the changes after it.
 * @throws WorkspaceFileError when TaskRouter refuses the change as such (400); else whatever the client throws
 */
export async function carryOut(
  workspace: WorkspaceContext,
  change: Change,
  directory: Directory,
): Promise<void> {
  const made = await explained(change, () => send(workspace, change, directory));
  if (change.action === 'create' && change.kind !== 'workspace') {
    directory.add(change.kind, change.name, made.sid);
  }
}

function send(workspace: WorkspaceContext, change: Change, directory: Directory): Promise<{ sid: string }> {
  switch (change.kind) {
    case 'workspace':
      return workspace.update(workspaceParameters(change.fields, directory));
    case 'activity':
      return workspace.activities.create({ friendlyName: change.name, ...sendable(change.fields) });
    case 'taskQueue':
      return sendTaskQueue(workspace, change, directory);
    case 'workflow':
      return sendWorkflow(workspace, change, directory);
    case 'worker':
      return sendWorker(workspace, change, directory);
  }
}

/** `multiTaskEnabled` is for creation alone. */
function workspaceParameters(fields: Said<FieldsOf['workspace']>, directory: Directory) {
  return sendable({
    prioritizeQueueOrder: fields.prioritizeQueueOrder,
    eventsFilter: fields.eventsFilter?.join(','),
    eventCallbackUrl: urlText(fields.eventCallbackUrl),
    defaultActivitySid: activitySid(fields.defaultActivity, directory),
    timeoutActivitySid: activitySid(fields.timeoutActivity, directory),
  });
}

function sendTaskQueue(workspace: WorkspaceContext, change: ChangeOf<'taskQueue'>, directory: Directory) {
  const { targetWorkers, maxReservedWorkers, taskOrder, reservationActivity, assignmentActivity } =
    change.fields;
  const parameters = sendable({
    targetWorkers: targetWorkers ?? undefined,
    maxReservedWorkers,
    taskOrder,
    reservationActivitySid: activitySid(reservationActivity, directory),
    assignmentActivitySid: activitySid(assignmentActivity, directory),
  });
  return change.action === 'create'
    ? workspace.taskQueues.create({ friendlyName: change.name, ...parameters })
    : workspace.taskQueues(directory.sidOf('taskQueue', change.name)).update(parameters);
}

function sendWorkflow(workspace: WorkspaceContext, change: ChangeOf<'workflow'>, directory: Directory) {
  const { configuration, ...fields } = change.fields;
  const parameters = sendable({
    taskReservationTimeout: fields.taskReservationTimeout,
    assignmentCallbackUrl: urlText(fields.assignmentCallbackUrl),
    fallbackAssignmentCallbackUrl: urlText(fields.fallbackAssignmentCallbackUrl),
    configuration:
      typeof configuration === 'object' ? JSON.stringify(withSids(configuration, directory)) : configuration,
  });
  if (change.action === 'update') {
    return workspace.workflows(directory.sidOf('workflow', change.name)).update(parameters);
  }
  // The file cannot be without it, so neither is a creation.
  const required = { friendlyName: change.name, configuration: parameters.configuration as string };
  return workspace.workflows.create({ ...parameters, ...required });
}

function sendWorker(workspace: WorkspaceContext, change: ChangeOf<'worker'>, directory: Directory) {
  const { attributes, activity } = change.fields;
  const parameters = sendable({
    attributes: attributes && JSON.stringify(attributes),
    activitySid: activitySid(activity, directory),
  });
  return change.action === 'create'
    ? workspace.workers.create({ friendlyName: change.name, ...parameters })
    : workspace.workers(directory.sidOf('worker', change.name)).update(parameters);
}

const activitySid = (name: string | null | undefined, directory: Directory) =>
  name ? directory.sidOf('activity', name) : undefined;

/** An empty URL takes the present one away. */
const urlText = (url: string | null | undefined) => (url === null ? '' : url);

/** Without what is not to be sent; the client's types want it absent, not undefined. */
function sendable<Wanted extends object>(wanted: Wanted) {
  return given<Wanted>(wanted) as { [Key in keyof Wanted]?: Exclude<Wanted[Key], undefined> };
}

async function explained<Result>(change: Change, request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status !== 400) throw error;
    const what = `${nouns[change.kind]} "${change.name}"`;
    throw new WorkspaceFileError([
      `TaskRouter refuses to ${change.action} the ${what}: ${message}. Correct it in the file.`,
    ]);
  }
}
