import { resolveCallbackUrl } from './callback-urls';
import { conflicts } from './conflicts';
import { type Differences, differences, given, type Said } from './differences';
import type { Existing, ExistingWorkspace, FieldsOf, Kind } from './existing';
import { newWorkspace } from './new-workspace';
import type { DesiredTaskQueue, DesiredWorkflow, DesiredWorkspace } from './schema';
import { taskingNote } from './tasking-note';
import { WorkspaceFileError } from './workspace-file-error';

interface ChangeOf<Name extends Kind> extends Differences<FieldsOf[Name]> {
  readonly action: 'create' | 'update';
  readonly kind: Name;
  readonly name: string;
}

/** One request: the fields to send, in the file's terms, and for an update what they were. */
export type Change = { [Name in Kind]: ChangeOf<Name> }[Kind];

export interface Plan {
  /** In the order in which they have to be made. */
  readonly changes: readonly Change[];
  /** What cannot or will not be changed, and what that means. */
  readonly notes: readonly string[];
}

/**
 * What has to be done so that the workspace is as its file says; nothing when nothing differs. What the file does not
 * name is left alone. Callback URLs come last, so that nothing calls what is half made.
 * @param existing null when there is no such workspace
 * @param functionsUrl where the Functions are; null when that is not known, and then their URLs are left alone
 * @throws WorkspaceFileError when what is there cannot become what the file says
 */
export function planWorkspace(
  desired: DesiredWorkspace,
  existing: ExistingWorkspace | null,
  functionsUrl: string | null,
): Plan {
  const present = existing ?? newWorkspace(desired);
  const faults = conflicts(desired, present);
  if (faults.length > 0) throw new WorkspaceFileError(faults);
  const note = taskingNote(desired, present);
  return {
    changes: [
      ...(existing ? [] : [workspaceCreation(desired)]),
      ...listChanges('activity', desired.activities, present.activities, ({ available }) => ({ available })),
      ...workspaceUpdate(desired, present, workspaceSettings(desired)),
      ...listChanges('taskQueue', desired.taskQueues, present.taskQueues, taskQueueSettings),
      ...listChanges('workflow', desired.workflows, present.workflows, workflowSettings),
      ...workerChanges(desired, present),
      ...workspaceUpdate(desired, present, {
        eventCallbackUrl: resolveCallbackUrl(desired.eventCallbackUrl, functionsUrl),
      }),
      ...workflowUrlChanges(desired, present, functionsUrl),
    ],
    notes: note === null ? [] : [note],
  };
}

function workspaceCreation(desired: DesiredWorkspace): Change {
  const { multiTaskEnabled, prioritizeQueueOrder } = desired;
  const { eventsFilter } = workspaceSettings(desired);
  const fields = given<FieldsOf['workspace']>({ multiTaskEnabled, prioritizeQueueOrder, eventsFilter });
  return { action: 'create', kind: 'workspace', name: desired.friendlyName, fields, before: {} };
}

function workspaceSettings(desired: DesiredWorkspace): Said<FieldsOf['workspace']> {
  const { prioritizeQueueOrder, defaultActivity, timeoutActivity, eventsFilter } = desired;
  return {
    prioritizeQueueOrder,
    defaultActivity,
    timeoutActivity,
    eventsFilter: eventsFilter && [...eventsFilter].sort(),
  };
}

function workspaceUpdate(
  desired: DesiredWorkspace,
  present: ExistingWorkspace,
  said: Said<FieldsOf['workspace']>,
): Change[] {
  return updateOf('workspace', desired.friendlyName, differences<FieldsOf['workspace']>(said, present));
}

function taskQueueSettings({ friendlyName: _, ...said }: DesiredTaskQueue): Said<FieldsOf['taskQueue']> {
  return said;
}

function workflowSettings({
  configuration,
  taskReservationTimeout,
}: DesiredWorkflow): Said<FieldsOf['workflow']> {
  return { configuration, taskReservationTimeout };
}

/** The activity in the file is where a worker begins; later it is the worker's own. */
function workerChanges(desired: DesiredWorkspace, present: ExistingWorkspace): Change[] {
  const isThere = (name: string) => present.workers.some(({ friendlyName }) => friendlyName === name);
  return listChanges('worker', desired.workers, present.workers, ({ friendlyName, attributes, activity }) =>
    isThere(friendlyName) ? { attributes } : { attributes, activity },
  );
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
    const found = named(present.workflows, workflow.friendlyName);
    return updateOf('workflow', workflow.friendlyName, differences<typeof said>(said, found ?? noUrls));
  });
}

type ListedKind = Exclude<Kind, 'workspace'>;

function listChanges<Name extends ListedKind, Item extends { readonly friendlyName: string }>(
  kind: Name,
  wanted: readonly Item[],
  present: readonly Existing<FieldsOf[Name]>[],
  fieldsOf: (item: Item) => Said<FieldsOf[Name]>,
): Change[] {
  return wanted.flatMap((item): Change[] => {
    const name = item.friendlyName;
    const said = fieldsOf(item);
    const found = named(present, name);
    if (found) return updateOf(kind, name, differences<FieldsOf[Name]>(said, found));
    return [{ action: 'create', kind, name, fields: given(said), before: {} } as Change];
  });
}

function updateOf(kind: Kind, name: string, { fields, before }: Differences<object>): Change[] {
  if (Object.keys(fields).length === 0) return [];
  return [{ action: 'update', kind, name, fields, before } as Change];
}

function named<Item extends { readonly friendlyName: string }>(
  items: readonly Item[],
  name: string,
): Item | undefined {
  return items.find(({ friendlyName }) => friendlyName === name);
}
