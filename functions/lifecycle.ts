import { operatorFunction } from '../src/adapter/operator-function';
import { flag, optional, sid } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { lifecycle } from '../src/steps/lifecycle';

/**
 * What the lifecycle page shows: tasks, reservations, workers, task queues, activities, events. `task_sid` limits it to
 * one task. `task_presets=true` returns only attributes of a task for each filter of the workflow. `explain` returns only
 * why a task or a worker waits; the local TaskRouter explains it.
 */
export const handler = operatorFunction({
  name: 'lifecycle',
  parameters: parameters({
    taskSid: optional(sid('WT')),
    taskPresets: optional(flag),
    explain: optional(sid('WT', 'WK')),
  }),
  step: lifecycle,
  readOnly: true,
});
