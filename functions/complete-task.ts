import { operatorFunction } from '../src/adapter/operator-function';
import { optional, required, sid, text } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { completeTask } from '../src/steps/move-task';

/** Completes the assigned or wrapping task `task_sid`, with an optional `reason`. */
export const handler = operatorFunction({
  name: 'complete-task',
  parameters: parameters({ taskSid: required(sid('WT')), reason: optional(text) }),
  step: completeTask,
});
