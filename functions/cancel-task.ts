import { operatorFunction } from '../src/adapter/operator-function';
import { optional, required, sid, text } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { cancelTask } from '../src/steps/move-task';

/** Cancels the pending or reserved task `task_sid`, with an optional `reason`. */
export const handler = operatorFunction({
  name: 'cancel-task',
  parameters: parameters({ taskSid: required(sid('WT')), reason: optional(text) }),
  step: cancelTask,
});
