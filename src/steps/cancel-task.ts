import { type MoveTaskParameters, moveTask } from './move-task';
import type { StepNeeds } from './step';
import type { TaskAnswer } from './task-answer';

/** Gives up a task that nobody has accepted yet; its pending reservations are canceled with it. */
export async function cancelTask(needs: StepNeeds, parameters: MoveTaskParameters): Promise<TaskAnswer> {
  return moveTask(needs, parameters, { to: 'canceled', from: ['pending', 'reserved'] });
}
