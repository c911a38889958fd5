import { createTaskParameters } from '../src/adapter/create-task-parameters';
import { operatorFunction } from '../src/adapter/operator-function';
import { createTask } from '../src/steps/create-task';

/**
 * Creates a task, and responds with 201. Parameters: `attributes` (a JSON object), or other parameters that become
 * attributes; `priority`, `timeout` (in s), `task_channel`, `workflow_sid`. Without any: DEFAULT_TASK_ATTRIBUTES.
 */
export const handler = operatorFunction({
  name: 'create-task',
  parameters: createTaskParameters,
  step: createTask,
  status: 201,
  sendOnce: true,
});
