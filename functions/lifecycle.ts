import { operatorFunction } from '../src/adapter/operator-function';
import { optional, sid } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { lifecycle } from '../src/steps/lifecycle';

/** What the page shows: tasks, reservations, workers, task queues, activities, events; of one task with `task_sid`. */
export const handler = operatorFunction({
  name: 'lifecycle',
  parameters: parameters({ taskSid: optional(sid('WT')) }),
  step: lifecycle,
  readOnly: true,
});
