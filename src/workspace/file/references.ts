import { builtInTaskChannels } from '../../common/built-in-task-channels';
import { type ConfigurationReference, referencesOf } from './configuration-names';
import { findNamed, type ListedKind, listNames, type Named, nameOf, pathText } from './names';
import type { DesiredWorkflow, DesiredWorkspace } from './schema';
import { referencesIn } from './text-references';

type Path = readonly PropertyKey[];

/**
 * Faults that the schema cannot express: names must be unique, and everything that is referred to must be in the file
 * (our choice: this makes the file complete, and checks it before the first request).
 */
export function referenceFaults(desired: DesiredWorkspace): string[] {
  return [
    ...repeatedNames(desired),
    ...activityFaults(desired),
    ...channelFaults(desired),
    ...queueFaults(desired),
    ...workflowFaults(desired),
  ];
}

/**
 * Names of activities and workers are compared without regard to case, as TaskRouter does.
 * Source: https://www.twilio.com/docs/taskrouter/api/worker
 */
function repeatedNames(desired: DesiredWorkspace): string[] {
  const anyCase = (name: string) => name.toLowerCase();
  const exactly = (name: string) => name;
  return [
    ...repeated('taskChannels', desired.taskChannels ?? [], exactly),
    ...repeated('activities', desired.activities, anyCase),
    ...repeated('taskQueues', desired.taskQueues, exactly),
    ...repeated('workflows', desired.workflows, exactly),
    ...repeated('workers', desired.workers, anyCase),
  ];
}

function repeated(list: string, items: readonly Named[], key: (name: string) => string): string[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const name = nameOf(item);
    const isRepeated = seen.has(key(name));
    seen.add(key(name));
    const at = pathText([list, index, item.uniqueName === undefined ? 'friendlyName' : 'uniqueName']);
    return isRepeated ? [`${at} repeats the name "${name}". Use a different name.`] : [];
  });
}

function activityFaults(desired: DesiredWorkspace): string[] {
  const { defaultActivity, timeoutActivity, taskQueues, workers } = desired;
  const uses: [Path, string | undefined][] = [
    [['defaultActivity'], defaultActivity],
    [['timeoutActivity'], timeoutActivity],
    ...taskQueues.flatMap((queue, index): [Path, string | undefined][] => [
      [['taskQueues', index, 'reservationActivity'], queue.reservationActivity],
      [['taskQueues', index, 'assignmentActivity'], queue.assignmentActivity],
    ]),
    ...workers.map((worker, index): [Path, string | undefined] => [
      ['workers', index, 'activity'],
      worker.activity,
    ]),
  ];
  return uses.flatMap(([path, name]) => (name === undefined ? [] : missing(desired, 'activity', name, path)));
}

/** The file need not list the channels that every workspace has. */
function channelFaults(desired: DesiredWorkspace): string[] {
  return desired.workers.flatMap(({ channels = {} }, index) =>
    Object.keys(channels)
      .filter((name) => !builtInTaskChannels.includes(name))
      .flatMap((name) => missing(desired, 'taskChannel', name, ['workers', index, 'channels'])),
  );
}

function queueFaults(desired: DesiredWorkspace): string[] {
  return desired.taskQueues.flatMap(({ targetWorkers }, index) => {
    const path = ['taskQueues', index, 'targetWorkers'];
    return referencesIn(targetWorkers ?? '').flatMap((reference) =>
      reference.kind === 'taskQueue'
        ? [
            `${pathText(path)} can refer to workers and activities, but not to task queues. Remove ${reference.name}.`,
          ]
        : referenceFault(desired, { ...reference, path }),
    );
  });
}

function workflowFaults(desired: DesiredWorkspace): string[] {
  return desired.workflows.flatMap((workflow, index) => {
    const at = ['workflows', index, 'configuration'];
    return [
      ...referencesOf(workflow.configuration).flatMap((reference) =>
        referenceFault(desired, { ...reference, path: [...at, ...reference.path] }),
      ),
      ...targetsWithoutQueue(workflow, at),
    ];
  });
}

function referenceFault(
  desired: DesiredWorkspace,
  { kind, name, isClosed, path }: ConfigurationReference,
): string[] {
  if (isClosed) return missing(desired, kind, name, path);
  return [
    `${pathText(path)} has "\${${kind}:" without a closing }. Add the }, or write $$ for $ if this is not a reference.`,
  ];
}

/**
 * A target without a queue uses the queue of the target before it.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
function targetsWithoutQueue({ configuration }: DesiredWorkflow, at: Path): string[] {
  const filters = configuration.task_routing.filters ?? [];
  return filters.flatMap(({ targets }, index) => {
    const path = [...at, 'task_routing', 'filters', index, 'targets', 0, 'queue'];
    return targets[0]?.queue === undefined
      ? [`${pathText(path)} is missing. The first target of a filter needs the friendlyName of a task queue.`]
      : [];
  });
}

function missing(desired: DesiredWorkspace, kind: ListedKind, name: string, path: Path): string[] {
  const list = listNames[kind];
  if (findNamed<Named>(desired[list] ?? [], name)) return [];
  return [
    `${pathText(path)} refers to "${name}", which is not in ${list}. Add it there, or correct the name.`,
  ];
}
