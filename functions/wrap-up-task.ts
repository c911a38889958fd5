import { operatorFunction } from '../src/adapter/operator-function';
import { optional, required, sid, text } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { wrapUpTask } from '../src/steps/move-task';

/** Moves the assigned task `task_sid` to wrapping, with an optional `reason`. */
export const handler = operatorFunction({
  name: 'wrap-up-task',
  parameters: parameters({ taskSid: required(sid('WT')), reason: optional(text) }),
  step: wrapUpTask,
});
