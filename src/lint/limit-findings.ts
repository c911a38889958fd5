import { limits } from '../common/limits';
import { type Finding, finding, pointerTo } from './finding';
import type { LintedWorkspace } from './linted-workspace';

/** Our choice. */
const nearly = 0.9;

/** Limits of which the workspace uses nearly all. Source: https://www.twilio.com/docs/taskrouter/limits */
export function limitFindings({ activities, taskQueues, workers, workflows }: LintedWorkspace): Finding[] {
  return [
    ...near(activities.length, limits.activitiesPerWorkspace, 'activities', pointerTo('activities')),
    ...near(taskQueues.length, limits.taskQueuesPerWorkspace, 'task queues', pointerTo('taskQueues')),
    ...near(workers.length, limits.workersPerWorkspace, 'workers', pointerTo('workers')),
    ...workers.flatMap(({ attributes = {} }, index) =>
      near(
        JSON.stringify(attributes).length,
        limits.attributesCharacters,
        'characters of attributes',
        pointerTo('workers', index, 'attributes'),
      ),
    ),
    ...workflows.flatMap(({ configuration }, index) =>
      near(
        new TextEncoder().encode(JSON.stringify(configuration)).length,
        limits.workflowConfigurationBytes,
        'bytes of configuration',
        pointerTo('workflows', index, 'configuration'),
      ),
    ),
  ];
}

function near(count: number, limit: number, what: string, place: string): Finding[] {
  if (count < limit * nearly) return [];
  return [
    finding(
      'limit_nearly_reached',
      `${count} of at most ${limit} ${what} are used`,
      'Remove what is no longer needed, or use another workspace.',
      place,
    ),
  ];
}
