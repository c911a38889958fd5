import type { Twilio } from 'twilio';
import type { WorkspaceContext, WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Directory } from '../existing/directory';
import { WorkspaceFileError } from '../file/workspace-file-error';
import { subjectOf } from '../plan/change-text';
import type { Change } from '../plan/changes';
import { given } from '../plan/differences';
import { ChangedMeanwhile } from './changed-meanwhile';
import { remove } from './remove';
import { type ChangeTo, send, sendable } from './send';

/** The first change of a plan for a workspace that does not exist. */
export function createWorkspace(client: Twilio, change: ChangeTo<'workspace'>): Promise<WorkspaceInstance> {
  const { multiTaskEnabled, prioritizeQueueOrder, eventsFilter } = change.fields;
  const wanted = given({ multiTaskEnabled, prioritizeQueueOrder, eventsFilter: eventsFilter?.join(',') });
  return explained(change, () =>
    client.taskrouter.v1.workspaces.create({ friendlyName: change.name, ...sendable(wanted) }),
  );
}

/**
 * Sends the request that a change is. What it creates goes into the directory, for the changes after it.
 * @returns null; or, when TaskRouter itself keeps what was to be deleted, a sentence that says so
 * @throws WorkspaceFileError when TaskRouter refuses the change as such (400); ChangedMeanwhile when what is there is not
 * what the plan was made from; else whatever the client throws
 */
export async function carryOut(
  workspace: WorkspaceContext,
  change: Change,
  directory: Directory,
): Promise<string | null> {
  if (change.action === 'delete')
    return explained(change, () => removeIfAllowed(workspace, change, directory));
  const made = await explained(change, () => send(workspace, change, directory));
  if (change.action === 'create' && change.kind !== 'workspace' && change.kind !== 'workerChannel') {
    directory.add(change.kind, change.name, made.sid);
  }
  return null;
}

/** What is in use in a way that cannot be read, TaskRouter keeps; that is no reason not to go on. */
async function removeIfAllowed(
  workspace: WorkspaceContext,
  change: Change,
  directory: Directory,
): Promise<string | null> {
  try {
    await remove(workspace, change, directory);
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status !== 400 && status !== 409) throw error;
    return `The ${subjectOf(change)} stays: TaskRouter refuses to delete it (${message}). Plan again later.`;
  }
  return null;
}

async function explained<Result>(change: Change, request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === 412) throw new ChangedMeanwhile(subjectOf(change));
    if (status !== 400) throw error;
    throw new WorkspaceFileError([
      `TaskRouter refuses to ${change.action} the ${subjectOf(change)}: ${message}. Correct it in the file.`,
    ]);
  }
}
