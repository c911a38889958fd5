import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Directory } from '../existing/directory';
import type { ListedKind } from '../file/lists';
import type { Change } from '../plan/changes';
import type { ChangeTo } from './send';
import { ifUnchanged } from './unchanged-worker';

/** Sends a deletion. What is gone already is as it shall be: a deletion may be sent twice. */
export async function remove(
  workspace: WorkspaceContext,
  change: Change,
  directory: Directory,
): Promise<void> {
  try {
    await send(workspace, change as ChangeTo<ListedKind>, directory);
  } catch (error) {
    if ((error as { status?: number }).status !== 404) throw error;
  }
}

async function send(
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
