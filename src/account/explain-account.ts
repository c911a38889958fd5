import { explainTask } from '../taskrouter/explain/explain-task';
import { explainWorker } from '../taskrouter/explain/explain-worker';
import type { ExplainedState } from '../taskrouter/explain/explained-state';
import {
  type TaskExplanationJson,
  taskExplanationToJson,
  type WorkerExplanationJson,
  workerExplanationToJson,
} from '../taskrouter/explain/explanation-json';
import { type AccountState, engineOf } from './account-state';
import { type InferredField, inferredOfTask, inferredOfWorker } from './inferred';

interface Inferred {
  /** The fields whose values REST does not show. */
  readonly inferred: readonly InferredField[];
}

/** Why a task waits; null if there is no such task. */
export function explainAccountTask(
  state: AccountState,
  taskSid: string,
): (TaskExplanationJson & Inferred) | null {
  const explained = explainedState(state);
  const task = explained.view.find('tasks', taskSid);
  if (!task) return null;
  const explanation = explainTask(explained, task);
  return { ...taskExplanationToJson(explanation), inferred: inferredOfTask(state, task, explanation) };
}

/** Why a worker is offered nothing; null if there is no such worker. @param worker its sid, or its name in any case */
export function explainAccountWorker(
  state: AccountState,
  worker: string,
): (WorkerExplanationJson & Inferred) | null {
  const explained = explainedState(state);
  const found = [...explained.view.all('workers')].find(
    ({ sid, friendlyName }) => sid === worker || friendlyName.toLowerCase() === worker.toLowerCase(),
  );
  if (!found) return null;
  const explanation = explainWorker(explained, found);
  const waiting = explained.routing.waitingTasks(found.workspaceSid);
  return {
    ...workerExplanationToJson(explanation),
    inferred: inferredOfWorker(state, waiting),
  };
}

function explainedState(state: AccountState): ExplainedState {
  const { view, routing } = engineOf(state);
  return { view, routing, now: state.now };
}
