import type { ExistingWorkspace, FieldsOf } from '../existing/existing';
import { WorkspaceFileError } from '../file/desired';
import type { DesiredWorkspace } from '../file/schema';
import { type Change, definedFields } from './changes';
import { conflicts } from './conflicts';
import { contentChanges, urlChanges, workspaceSettings } from './content-changes';
import { allExtras, type Extra } from './extras';
import type { Usage } from './in-use';
import { newWorkspace } from './new-workspace';
import { prune } from './prune';

export type { Change } from './changes';

export interface Plan {
  /** In the order in which they have to be made. */
  readonly changes: readonly Change[];
  /** What cannot or will not be changed, and what that means. */
  readonly notes: readonly string[];
  /** What the workspace has beyond the file, unless it is pruned. These are not changes: the file says nothing of them. */
  readonly extras: readonly Extra[];
}

/**
 * The changes that make the workspace match its file; none when nothing differs. What the file does not name is left
 * alone unless it is pruned. Callback URLs come after what they belong to, so that TaskRouter does not call back for a
 * workspace that is half made. Deletions come last.
 * @param existing null when the workspace does not exist
 * @param functionsUrl the address of the Functions; null when it is unknown, which leaves their URLs alone
 * @param usage of what the file does not name, which is deleted if nothing uses it; null deletes nothing
 * @throws WorkspaceFileError when the existing workspace cannot match the file
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
    notes: [...multiTaskNotes(desired, present), ...channelNotes(desired, present), ...notes],
    extras: usage ? [] : allExtras(desired, present),
  };
}

function workspaceCreation(desired: DesiredWorkspace): Change {
  const { multiTaskEnabled, prioritizeQueueOrder } = desired;
  const { eventsFilter } = workspaceSettings(desired);
  const fields = definedFields<FieldsOf['workspace']>({
    multiTaskEnabled,
    prioritizeQueueOrder,
    eventsFilter,
  });
  return { action: 'create', kind: 'workspace', name: desired.friendlyName, fields, before: {} };
}

/**
 * TaskRouter cannot turn multitasking off again, so `multiTaskEnabled` is never sent to an existing workspace. Where it
 * differs, a note says what that means.
 * Source: https://www.twilio.com/docs/taskrouter/multitasking
 */
function multiTaskNotes(desired: DesiredWorkspace, present: ExistingWorkspace): string[] {
  const { multiTaskEnabled = present.multiTaskEnabled } = desired;
  if (multiTaskEnabled === present.multiTaskEnabled) return [];
  const worker = desired.workers[0]?.friendlyName ?? 'a worker';
  return [
    present.multiTaskEnabled
      ? `"${present.friendlyName}" stays a multitasking workspace: TaskRouter uses capacity, and does not change the activity of ${worker} when a task is offered or accepted.`
      : `"${present.friendlyName}" stays a single-tasking workspace: ${worker} gets one task at a time, and moves to the queue's reservation and assignment activities.`,
  ];
}

/** Channel capacities only matter in multitasking workspaces, and are only set there. */
function channelNotes(desired: DesiredWorkspace, present: ExistingWorkspace): string[] {
  const [first, ...others] = desired.workers.filter(({ channels = {} }) => Object.keys(channels).length > 0);
  if (present.multiTaskEnabled || !first) return [];
  const whose = `${first.friendlyName}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  return [
    `The channels of ${whose} are not set: in a single-tasking workspace a worker gets one task at a time.`,
  ];
}
