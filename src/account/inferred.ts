import type { TaskExplanation, WorkerReasons } from '../taskrouter/explain/explanation';
import type { Task } from '../taskrouter/model/entities';
import type { AccountState } from './account-state';
import { tasksThatMayBeHeld } from './held-tasks';

/** What of an explanation REST does not show, by the names of its fields in JSON. */
export type InferredField =
  | 'workflow'
  | 'workflow.filter'
  | 'workflow.target'
  | 'workflow.filters'
  | 'workflow.entered_at'
  | 'workflow.next_deadline'
  | 'workers'
  | 'reasons'
  | 'summary'
  | 'tasks'
  | 'ahead';

const reasonFields = ['reasons', 'summary'] as const;

/** What of the explanation of a task is inferred, which is nothing for a finished task. */
export function inferredOfTask(
  state: AccountState,
  task: Task,
  explanation: TaskExplanation,
): InferredField[] {
  if (task.status === 'completed' || task.status === 'canceled') return [];
  return [
    ...workflowFields(state, task, explanation),
    ...(task.status === 'pending' || task.status === 'reserved'
      ? waitingFields(state, task, explanation)
      : []),
  ];
}

function workflowFields(
  { steps }: AccountState,
  { sid }: Task,
  { workflow }: TaskExplanation,
): InferredField[] {
  const step = steps.get(sid);
  if (!workflow) return step?.isCertain ? [] : ['workflow'];
  return [
    ...(step?.isCertain ? [] : (['workflow.filter', 'workflow.target'] as const)),
    ...(step?.isPresentVersion ? [] : (['workflow.filters'] as const)),
    'workflow.entered_at',
    'workflow.next_deadline',
  ];
}

function waitingFields(state: AccountState, task: Task, { workers }: TaskExplanation): InferredField[] {
  const isSame = state.steps.get(task.sid)?.isSame === true;
  const isOrderKnown = workers.length < 2 || workers.every(({ workerSid }) => state.knownIdle.has(workerSid));
  const isNearestKnown = isSame && (isOrderKnown || isAloneNearest(workers));
  const held = tasksThatMayBeHeld(state);
  const isAheadKnown = !hasHeldTasks(state, held, task);
  const areReasonsKnown = task.status === 'pending' && isNearestKnown && isAheadKnown && !held.has(task.sid);
  return [
    ...(isSame && isOrderKnown ? [] : (['workers'] as const)),
    ...(areReasonsKnown ? [] : reasonFields),
    ...(isAheadKnown ? [] : (['ahead'] as const)),
  ];
}

/** Whether it makes no difference to the reasons which of the equally near workers is idle longest. */
const isAloneNearest = ([first, second]: readonly WorkerReasons[]): boolean =>
  first?.reasons.length !== second?.reasons.length;

/** What of the explanation of a worker is inferred: which tasks wait for the worker. */
export function inferredOfWorker(state: AccountState, waiting: Iterable<Task>): InferredField[] {
  const isUnknown = ({ sid }: Task) => state.steps.get(sid)?.isSame !== true;
  const areTasksKnown = tasksThatMayBeHeld(state).size === 0 && ![...waiting].some(isUnknown);
  return areTasksKnown ? [] : ['tasks', 'summary'];
}

/** Whether some tasks in the queue of this one may not be offered for the moment. */
const hasHeldTasks = ({ rows }: AccountState, held: ReadonlySet<string>, task: Task): boolean =>
  rows.tasks.some(
    ({ sid, taskQueueSid, taskChannelSid }) =>
      sid !== task.sid &&
      taskQueueSid === task.taskQueueSid &&
      taskChannelSid === task.taskChannelSid &&
      held.has(sid),
  );
