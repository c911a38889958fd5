import {
  type Directory,
  directoryOf,
  type ExistingWorkspace,
  type FieldsOf,
  type Kind,
  type WorkerChannelFields,
} from '../existing/existing';
import { resolveCallbackUrl } from '../file/callback-urls';
import { withReferences } from '../file/configuration-names';
import { findNamed, type ListedKind, type Named, nameOf } from '../file/names';
import type { DesiredTaskQueue, DesiredWorkflow, DesiredWorkspace } from '../file/schema';
import { textWithReferences } from '../file/text-references';
import { type Change, type Differences, definedFields, differences, type SomeFields } from './changes';

/**
 * What has to be created and updated in a workspace that exists, callback URLs excepted. Each change follows those that
 * it refers to: expressions of task queues and workflows may name workers.
 */
export function contentChanges(desired: DesiredWorkspace, present: ExistingWorkspace): Change[] {
  const names = directoryOf(present);
  return [
    ...listChanges('taskChannel', desired.taskChannels ?? [], present.taskChannels, (channel) => ({
      friendlyName: channel.friendlyName,
      channelOptimizedRouting: channel.channelOptimizedRouting,
    })),
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

/** @param functionsUrl see resolveCallbackUrl */
export function urlChanges(
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

export function workspaceSettings(desired: DesiredWorkspace): SomeFields<FieldsOf['workspace']> {
  const { prioritizeQueueOrder, defaultActivity, timeoutActivity, eventsFilter } = desired;
  return {
    prioritizeQueueOrder,
    defaultActivity,
    timeoutActivity,
    eventsFilter: eventsFilter && [...eventsFilter].sort(),
  };
}

function taskQueueSettings(
  { friendlyName: _, targetWorkers, ...settings }: DesiredTaskQueue,
  names: Directory,
): SomeFields<FieldsOf['taskQueue']> {
  return { targetWorkers: targetWorkers && textWithReferences(targetWorkers, names), ...settings };
}

function workflowSettings(
  { configuration, taskReservationTimeout }: DesiredWorkflow,
  names: Directory,
): SomeFields<FieldsOf['workflow']> {
  return { configuration: withReferences(configuration, names), taskReservationTimeout };
}

/** The activity in the file is a new worker's first activity. An existing worker keeps its own. */
function workerChanges(desired: DesiredWorkspace, present: ExistingWorkspace): Change[] {
  return listChanges('worker', desired.workers, present.workers, ({ friendlyName, attributes, activity }) =>
    findNamed(present.workers, friendlyName) ? { attributes } : { attributes, activity },
  );
}

/**
 * Only multitasking workspaces use worker channels. TaskRouter chooses the channels of a new worker, so everything that
 * the file gives for them is sent.
 */
function workerChannelChanges(desired: DesiredWorkspace, present: ExistingWorkspace): Change[] {
  if (!present.multiTaskEnabled) return [];
  return desired.workers.flatMap(({ friendlyName: worker, channels = {} }) =>
    Object.entries(channels).flatMap(([name, channel]): Change[] => {
      const found = findNamed(present.workers, worker)?.channels?.[name];
      const { fields, before }: Differences<WorkerChannelFields> = found
        ? differences<WorkerChannelFields>(channel, found)
        : { fields: definedFields<WorkerChannelFields>(channel), before: {} };
      if (Object.keys(fields).length === 0) return [];
      return [{ action: 'update', kind: 'workerChannel', name, worker, fields, before }];
    }),
  );
}

/** A workflow that does not exist yet has none. */
const noUrls = { assignmentCallbackUrl: null, fallbackAssignmentCallbackUrl: null };

function workflowUrlChanges(
  desired: DesiredWorkspace,
  present: ExistingWorkspace,
  functionsUrl: string | null,
): Change[] {
  return desired.workflows.flatMap((workflow) => {
    const urls = {
      assignmentCallbackUrl: resolveCallbackUrl(workflow.assignmentCallbackUrl, functionsUrl),
      fallbackAssignmentCallbackUrl: resolveCallbackUrl(workflow.fallbackAssignmentCallbackUrl, functionsUrl),
    };
    const found = findNamed(present.workflows, workflow.friendlyName);
    return updateOf('workflow', workflow.friendlyName, differences<typeof urls>(urls, found ?? noUrls));
  });
}

function workspaceUpdate(
  desired: DesiredWorkspace,
  present: ExistingWorkspace,
  settings: SomeFields<FieldsOf['workspace']>,
): Change[] {
  return updateOf('workspace', desired.friendlyName, differences<FieldsOf['workspace']>(settings, present));
}

type PresentOf<Name extends ListedKind> = Named & FieldsOf[Name];

/** What has to be created and updated of one kind. What the file does not name is left alone. */
function listChanges<Name extends ListedKind, Item extends Named>(
  kind: Name,
  desired: readonly Item[],
  present: readonly PresentOf<Name>[],
  settingsOf: (item: Item) => SomeFields<FieldsOf[Name]>,
): Change[] {
  return desired.flatMap((item): Change[] => {
    const name = nameOf(item);
    const settings = settingsOf(item);
    const found = findNamed(present, name);
    if (found) return updateOf(kind, name, differences<FieldsOf[Name]>(settings, found));
    return [{ action: 'create', kind, name, fields: definedFields(settings), before: {} } as Change];
  });
}

function updateOf(
  kind: Exclude<Kind, 'workerChannel'>,
  name: string,
  { fields, before }: Differences<object>,
): Change[] {
  if (Object.keys(fields).length === 0) return [];
  return [{ action: 'update', kind, name, fields, before } as Change];
}
