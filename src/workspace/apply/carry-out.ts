import type { WorkspaceContext, WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskRouterClient } from '../client';
import type { Directory } from '../existing/existing';
import { WorkspaceFileError } from '../file/desired';
import type { ListedKind } from '../file/names';
import { type Change, definedFields, subjectOf } from '../plan/changes';
import { ChangedMeanwhile, ifUnchanged } from './changed-meanwhile';
import { type ChangeTo, send, sendable } from './send';

/** The first change of a plan for a workspace that does not exist yet. */
export function createWorkspace(
  client: TaskRouterClient,
  change: ChangeTo<'workspace'>,
): Promise<WorkspaceInstance> {
  const { multiTaskEnabled, prioritizeQueueOrder, eventsFilter } = change.fields;
  const fields = definedFields({
    multiTaskEnabled,
    prioritizeQueueOrder,
    eventsFilter: eventsFilter?.join(','),
  });
  return explained(change, () =>
    client.taskrouter.v1.workspaces.create({ friendlyName: change.name, ...sendable(fields) }),
  );
}

/**
 * Sends the request for a change and adds what it creates to the directory, for the changes that follow.
 * @returns null, or a sentence when TaskRouter refused to delete something
 * @throws WorkspaceFileError when TaskRouter rejects the change (400); ChangedMeanwhile when the workspace no longer
 * matches the plan; otherwise what the client throws
 */
export async function carryOut(
  workspace: WorkspaceContext,
  change: Change,
  directory: Directory,
): Promise<string | null> {
  if (change.action === 'delete')
    return explained(change, () => removeIfAllowed(workspace, change as ChangeTo<ListedKind>, directory));
  const sent = await explained(change, () => send(workspace, change, directory));
  if (change.action === 'create' && change.kind !== 'workspace' && change.kind !== 'workerChannel') {
    directory.add(change.kind, change.name, sent.sid);
  }
  return null;
}

/** TaskRouter may know of uses that its API does not show. The other changes go on. */
async function removeIfAllowed(
  workspace: WorkspaceContext,
  change: ChangeTo<ListedKind>,
  directory: Directory,
): Promise<string | null> {
  try {
    await remove(workspace, change, directory);
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    // Already deleted: a deletion may be sent twice.
    if (status === 404) return null;
    if (status !== 400 && status !== 409) throw error;
    return `Kept the ${subjectOf(change)}: TaskRouter refused to delete it (${message}). Try again later.`;
  }
  return null;
}

async function remove(
  workspace: WorkspaceContext,
  change: ChangeTo<ListedKind>,
  directory: Directory,
): Promise<unknown> {
  const sid = directory.sidOf(change.kind, change.name);
  switch (change.kind) {
    case 'taskChannel':
      return workspace.taskChannels(sid).remove();
    case 'activity':
      return workspace.activities(sid).remove();
    case 'taskQueue':
      return workspace.taskQueues(sid).remove();
    case 'workflow':
      return workspace.workflows(sid).remove();
    case 'worker':
      return workspace.workers(sid).remove(await ifUnchanged(workspace, sid, change.before));
  }
}

async function explained<Result>(change: Change, request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === 412) throw new ChangedMeanwhile(subjectOf(change));
    if (status !== 400) throw error;
    throw new WorkspaceFileError([
      `TaskRouter refused to ${change.action} the ${subjectOf(change)}: ${message}. Correct it in the file.`,
    ]);
  }
}
