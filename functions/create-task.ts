import { createTaskParameters } from '../src/adapter/create-task-parameters';
import { operatorFunction } from '../src/adapter/operator-function';
import { createTask } from '../src/steps/create-task';

/**
 * Creates a task. `attributes` (a JSON object) or loose parameters that become attributes; `priority`, `timeout` (s),
 * `task_channel`, `workflow_sid`. With nothing at all: DEFAULT_TASK_ATTRIBUTES. Answers 201.
 */
export const handler = operatorFunction({
  name: 'create-task',
  parameters: createTaskParameters,
  step: createTask,
  status: 201,
  sendOnce: true,
});
