import { type MoveTaskParameters, moveTask } from './move-task';
import type { StepNeeds } from './step';
import type { TaskAnswer } from './task-answer';

/** The task is done. The worker's activity is left as it is: moving the worker on is the application's part. */
export async function completeTask(needs: StepNeeds, parameters: MoveTaskParameters): Promise<TaskAnswer> {
  return moveTask(needs, parameters, { to: 'completed', from: ['assigned', 'wrapping'] });
}
