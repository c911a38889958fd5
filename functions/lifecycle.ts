import { operatorFunction } from '../src/adapter/operator-function';
import { optional, sid } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { lifecycle } from '../src/steps/lifecycle';

/** The data of the page: tasks, reservations, workers, task queues, activities, events. `task_sid` selects one task. */
export const handler = operatorFunction({
  name: 'lifecycle',
  parameters: parameters({ taskSid: optional(sid('WT')) }),
  step: lifecycle,
  readOnly: true,
});
