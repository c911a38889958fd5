import { type MoveTaskParameters, moveTask } from './move-task';
import type { StepNeeds } from './step';
import type { TaskAnswer } from './task-answer';

/** The work is over and the worker does what follows it; the worker's capacity stays used. */
export async function wrapUpTask(needs: StepNeeds, parameters: MoveTaskParameters): Promise<TaskAnswer> {
  return moveTask(needs, parameters, { to: 'wrapping', from: ['assigned'] });
}
