import { explainReservation } from '../taskrouter/explain/explain-reservation';
import { explainTask } from '../taskrouter/explain/explain-task';
import { explainWorker } from '../taskrouter/explain/explain-worker';
import {
  reservationExplanationToJson,
  taskExplanationToJson,
  workerExplanationToJson,
} from '../taskrouter/explain/explanation-json';
import { OfferNotRecorded } from '../taskrouter/model/errors';
import type { TaskRouter } from '../taskrouter/taskrouter';
import type { ReservationExplanation, TaskExplanation, WorkerExplanation } from './contract';

/** Documented in contract.ts. */
export function taskExplanation(taskRouter: TaskRouter, taskSid: string): TaskExplanation {
  const task = taskRouter.view.find('tasks', taskSid);
  if (!task) throw new Error(`Task ${taskSid} does not exist.`);
  return taskExplanationToJson(explainTask(stateOf(taskRouter), task));
}

/** Documented in contract.ts. */
export function workerExplanation(taskRouter: TaskRouter, workerSid: string): WorkerExplanation {
  const worker = taskRouter.view.find('workers', workerSid);
  if (!worker) throw new Error(`Worker ${workerSid} does not exist.`);
  return workerExplanationToJson(explainWorker(stateOf(taskRouter), worker));
}

/** Documented in contract.ts. */
export function reservationExplanation(taskRouter: TaskRouter, sid: string): ReservationExplanation {
  const offer = taskRouter.pastOffer(sid);
  if (!offer) throw new OfferNotRecorded(sid);
  return reservationExplanationToJson(explainReservation(stateOf(taskRouter), offer, sid));
}

const stateOf = ({ view, routing, clock }: TaskRouter) => ({ view, routing, now: clock.now() });
