import { directoryOf } from '../existing/directory';
import type { ExistingWorkspace, FieldsOf } from '../existing/existing';
import { resolveCallbackUrl } from '../file/callback-urls';
import { findNamed } from '../file/names';
import type { DesiredWorkspace } from '../file/schema';
import { WorkspaceFileError } from '../file/workspace-file-error';
import { type Change, listChanges, updateOf } from './changes';
import { conflicts } from './conflicts';
import { differences, given, type Said } from './differences';
import { allExtras, type Extra } from './extras';
import { newWorkspace } from './new-workspace';
import { prune } from './prune';
import { taskChannelSettings, taskQueueSettings, workflowSettings, workspaceSettings } from './settings';
import { singleTaskingNotes, taskingNote } from './tasking-note';
import type { Usage } from './usage';
import { workerChanges, workerChannelChanges } from './worker-changes';

export type { Change } from './changes';

export interface Plan {
  /** In the order in which they have to be made. */
  readonly changes: readonly Change[];
  /** What cannot or will not be changed, and what that means. */
  readonly notes: readonly string[];
  /** What the file does not name and nobody asked to delete: no difference, for the file is not about it. */
  readonly extras: readonly Extra[];
}

/**
 * What has to be done so that the workspace is as its file says; nothing when nothing differs. What the file does not
 * name is left alone unless it is to be pruned. Callback URLs come after what they are about, so that nothing calls what
 * is half made; deletions come last.
 * @param existing null when there is no such workspace
 * @param functionsUrl where the Functions are; null when that is not known, and then their URLs are left alone
 * @param usage of what is not in the file, which is then deleted if nothing uses it; null deletes nothing
 * @throws WorkspaceFileError when what is there cannot become what the file says
 */
export function planWorkspace(
  desired: DesiredWorkspace,
  existing: ExistingWorkspace | null,
  functionsUrl: string | null,
  usage: Usage | null = null,
): Plan {
  const present = existing ?? newWorkspace(desired);
  const faults = conflicts(desired, present);
  if (faults.length > 0) throw new WorkspaceFileError(faults);
  const { deletions, notes } = usage ? prune(desired, present, usage) : { deletions: [], notes: [] };
  return {
    changes: [
      ...(existing ? [] : [workspaceCreation(desired)]),
      ...contentChanges(desired, present),
      ...urlChanges(desired, present, functionsUrl),
      ...deletions,
    ],
    notes: [...taskingNote(desired, present), ...singleTaskingNotes(desired, present), ...notes],
    extras: usage ? [] : allExtras(desired, present),
  };
}

function workspaceCreation(desired: DesiredWorkspace): Change {
  const { multiTaskEnabled, prioritizeQueueOrder } = desired;
  const { eventsFilter } = workspaceSettings(desired);
  const fields = given<FieldsOf['workspace']>({ multiTaskEnabled, prioritizeQueueOrder, eventsFilter });
  return { action: 'create', kind: 'workspace', name: desired.friendlyName, fields, before: {} };
}

/** Each after what it refers to: expressions of queues and workflows may name workers. */
function contentChanges(desired: DesiredWorkspace, present: ExistingWorkspace): Change[] {
  const names = directoryOf(present);
  return [
    ...listChanges('taskChannel', desired.taskChannels ?? [], present.taskChannels, taskChannelSettings),
    ...listChanges('activity', desired.activities, present.activities, ({ available }) => ({ available })),
    ...workspaceUpdate(desired, present, workspaceSettings(desired)),
    ...workerChanges(desired, present),
    ...workerChannelChanges(desired, present),
    ...listChanges('taskQueue', desired.taskQueues, present.taskQueues, (queue) =>
      taskQueueSettings(queue, names),
    ),
    ...listChanges('workflow', desired.workflows, present.workflows, (workflow) =>
      workflowSettings(workflow, names),
    ),
  ];
}

function urlChanges(
  desired: DesiredWorkspace,
  present: ExistingWorkspace,
  functionsUrl: string | null,
): Change[] {
  return [
    ...workspaceUpdate(desired, present, {
      eventCallbackUrl: resolveCallbackUrl(desired.eventCallbackUrl, functionsUrl),
    }),
    ...workflowUrlChanges(desired, present, functionsUrl),
  ];
}

function workspaceUpdate(
  desired: DesiredWorkspace,
  present: ExistingWorkspace,
  said: Said<FieldsOf['workspace']>,
): Change[] {
  return updateOf('workspace', desired.friendlyName, differences<FieldsOf['workspace']>(said, present));
}

/** One that is yet to be created has none. */
const noUrls = { assignmentCallbackUrl: null, fallbackAssignmentCallbackUrl: null };

function workflowUrlChanges(
  desired: DesiredWorkspace,
  present: ExistingWorkspace,
  functionsUrl: string | null,
): Change[] {
  return desired.workflows.flatMap((workflow) => {
    const said = {
      assignmentCallbackUrl: resolveCallbackUrl(workflow.assignmentCallbackUrl, functionsUrl),
      fallbackAssignmentCallbackUrl: resolveCallbackUrl(workflow.fallbackAssignmentCallbackUrl, functionsUrl),
    };
    const found = findNamed(present.workflows, workflow.friendlyName);
    return updateOf('workflow', workflow.friendlyName, differences<typeof said>(said, found ?? noUrls));
  });
}
