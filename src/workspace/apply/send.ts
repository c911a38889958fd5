import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Directory, FieldsOf, Kind } from '../existing/existing';
import { pages } from '../existing/read';
import { withSids } from '../file/configuration-names';
import { textWithSids } from '../file/text-references';
import type { Change } from '../plan/changes';
import { definedFields, type SomeFields, subjectOf } from '../plan/changes';
import { ChangedMeanwhile, ifUnchanged } from './changed-meanwhile';

export type ChangeTo<Name extends Kind> = Extract<Change, { kind: Name }>;

/** Sends a creation or an update. */
export function send(
  workspace: WorkspaceContext,
  change: Change,
  directory: Directory,
): Promise<{ sid: string }> {
  switch (change.kind) {
    case 'workspace':
      return workspace.update(workspaceParameters(change.fields, directory));
    case 'taskChannel':
      return sendTaskChannel(workspace, change, directory);
    case 'activity':
      return workspace.activities.create({ friendlyName: change.name, ...sendable(change.fields) });
    case 'taskQueue':
      return sendTaskQueue(workspace, change, directory);
    case 'workflow':
      return sendWorkflow(workspace, change, directory);
    case 'worker':
      return sendWorker(workspace, change, directory);
    case 'workerChannel':
      return sendWorkerChannel(workspace, change, directory);
  }
}

/** `multiTaskEnabled` is only sent on creation. */
function workspaceParameters(fields: SomeFields<FieldsOf['workspace']>, directory: Directory) {
  return sendable({
    prioritizeQueueOrder: fields.prioritizeQueueOrder,
    eventsFilter: fields.eventsFilter?.join(','),
    eventCallbackUrl: orEmpty(fields.eventCallbackUrl),
    defaultActivitySid: activitySid(fields.defaultActivity, directory),
    timeoutActivitySid: activitySid(fields.timeoutActivity, directory),
  });
}

function sendTaskChannel(workspace: WorkspaceContext, change: ChangeTo<'taskChannel'>, directory: Directory) {
  const { name, fields } = change;
  return change.action === 'create'
    ? workspace.taskChannels.create({ uniqueName: name, friendlyName: name, ...sendable(fields) })
    : workspace.taskChannels(directory.sidOf('taskChannel', name)).update(sendable(fields));
}

function sendTaskQueue(workspace: WorkspaceContext, change: ChangeTo<'taskQueue'>, directory: Directory) {
  const { targetWorkers, maxReservedWorkers, taskOrder, reservationActivity, assignmentActivity } =
    change.fields;
  const parameters = sendable({
    targetWorkers: targetWorkers ? textWithSids(targetWorkers, directory) : orEmpty(targetWorkers),
    maxReservedWorkers,
    taskOrder,
    reservationActivitySid: activitySid(reservationActivity, directory),
    assignmentActivitySid: activitySid(assignmentActivity, directory),
  });
  return change.action === 'create'
    ? workspace.taskQueues.create({ friendlyName: change.name, ...parameters })
    : workspace.taskQueues(directory.sidOf('taskQueue', change.name)).update(parameters);
}

function sendWorkflow(workspace: WorkspaceContext, change: ChangeTo<'workflow'>, directory: Directory) {
  const { configuration, ...fields } = change.fields;
  const parameters = sendable({
    taskReservationTimeout: fields.taskReservationTimeout,
    assignmentCallbackUrl: orEmpty(fields.assignmentCallbackUrl),
    fallbackAssignmentCallbackUrl: orEmpty(fields.fallbackAssignmentCallbackUrl),
    configuration:
      typeof configuration === 'object' ? JSON.stringify(withSids(configuration, directory)) : configuration,
  });
  if (change.action === 'update') {
    return workspace.workflows(directory.sidOf('workflow', change.name)).update(parameters);
  }
  // The file always has a configuration, so a creation has one too.
  const required = { friendlyName: change.name, configuration: parameters.configuration as string };
  return workspace.workflows.create({ ...parameters, ...required });
}

async function sendWorker(workspace: WorkspaceContext, change: ChangeTo<'worker'>, directory: Directory) {
  const { attributes, activity } = change.fields;
  const parameters = sendable({
    attributes: attributes && JSON.stringify(attributes),
    activitySid: activitySid(activity, directory),
  });
  if (change.action === 'create') {
    return workspace.workers.create({ friendlyName: change.name, ...parameters });
  }
  const sid = directory.sidOf('worker', change.name);
  const condition = await ifUnchanged(workspace, sid, change.before);
  return workspace.workers(sid).update({ ...parameters, ...condition });
}

/** @throws ChangedMeanwhile when the worker has no such channel: workers have one for each task channel */
async function sendWorkerChannel(
  workspace: WorkspaceContext,
  change: ChangeTo<'workerChannel'>,
  directory: Directory,
) {
  const worker = workspace.workers(directory.sidOf('worker', change.worker));
  const channels = await worker.workerChannels.list(pages());
  const channel = channels.find(({ taskChannelUniqueName }) => taskChannelUniqueName === change.name);
  if (!channel) throw new ChangedMeanwhile(subjectOf(change));
  return worker.workerChannels(channel.sid).update(sendable(change.fields));
}

const activitySid = (name: string | null | undefined, directory: Directory) =>
  name ? directory.sidOf('activity', name) : undefined;

/** An empty text removes the present one. */
const orEmpty = (text: string | null | undefined) => (text === null ? '' : text);

/** Without undefined fields: the client's types want them absent. */
export function sendable<Wanted extends object>(wanted: Wanted) {
  return definedFields<Wanted>(wanted) as { [Key in keyof Wanted]?: Exclude<Wanted[Key], undefined> };
}
