import { referencesOf } from './configuration-names';
import { pathText } from './path-text';
import type { DesiredWorkflow, DesiredWorkspace } from './schema';

type Path = readonly PropertyKey[];
type Kind = 'activity' | 'taskQueue';

/** Where the file lists each kind, and how people call it. */
const lists = { activity: 'activities', taskQueue: 'taskQueues' } as const;

/**
 * What a shape cannot say: names are listed once, and whatever is referred to is in the file as well (our choice: so the
 * file is whole, and is checked before the first request).
 */
export function referenceFaults(desired: DesiredWorkspace): string[] {
  return [...repeatedNames(desired), ...activityFaults(desired), ...workflowFaults(desired)];
}

/**
 * Activities and workers are compared without regard to case, as TaskRouter does.
 * Source: https://www.twilio.com/docs/taskrouter/api/worker
 */
function repeatedNames(desired: DesiredWorkspace): string[] {
  const anyCase = (name: string) => name.toLowerCase();
  const exactly = (name: string) => name;
  return [
    ...repeated('activities', desired.activities, anyCase),
    ...repeated('taskQueues', desired.taskQueues, exactly),
    ...repeated('workflows', desired.workflows, exactly),
    ...repeated('workers', desired.workers, anyCase),
  ];
}

function repeated(
  list: string,
  items: readonly { readonly friendlyName: string }[],
  key: (name: string) => string,
): string[] {
  const seen = new Set<string>();
  return items.flatMap(({ friendlyName }, index) => {
    const isRepeated = seen.has(key(friendlyName));
    seen.add(key(friendlyName));
    const at = pathText([list, index, 'friendlyName']);
    return isRepeated ? [`${at} repeats the name "${friendlyName}": give each its own.`] : [];
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

function workflowFaults(desired: DesiredWorkspace): string[] {
  return desired.workflows.flatMap((workflow, index) => {
    const at = ['workflows', index, 'configuration'];
    return [
      ...referencesOf(workflow.configuration).flatMap(({ kind, name, path }) =>
        missing(desired, kind, name, [...at, ...path]),
      ),
      ...targetsWithoutQueue(workflow, at),
    ];
  });
}

/**
 * Later targets take the queue of the one before.
 * Source: https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
function targetsWithoutQueue({ configuration }: DesiredWorkflow, at: Path): string[] {
  const filters = configuration.task_routing.filters ?? [];
  return filters.flatMap(({ targets }, index) => {
    const path = [...at, 'task_routing', 'filters', index, 'targets', 0, 'queue'];
    return targets[0]?.queue === undefined
      ? [`${pathText(path)} is missing: the first target of a filter needs the friendlyName of a task queue.`]
      : [];
  });
}

function missing(desired: DesiredWorkspace, kind: Kind, name: string, path: Path): string[] {
  const list = lists[kind];
  if (desired[list].some(({ friendlyName }) => friendlyName === name)) return [];
  return [
    `${pathText(path)} refers to "${name}", which is not in ${list}: add it there, or correct the name.`,
  ];
}
