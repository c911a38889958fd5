import type { PastOffer } from '../engine/state/recent-offers';
import type { Task, Worker } from '../model/entities';
import { type ExplainedState, ExpressionClauses, queueName, rowOf } from './explained-state';
import type { ReservationExplanation, WorkerReasons } from './explanation';
import { maxWorkers, nearestWorkers } from './nearest-workers';
import { type Precedence, precedence } from './precedence';
import { type StateAtOffer, stateAtOffer } from './state-at-offer';
import { timeText } from './time-text';
import { knownAttribute } from './worker-reasons';

/**
 * Why a reservation went to its worker and not to the others, in the state in which the offer was made.
 * @param present the state now, which chooses the workers of a large workspace
 */
export function explainReservation(
  present: ExplainedState,
  offer: PastOffer,
  reservationSid: string,
): ReservationExplanation {
  const { task, reservations } = offer;
  const reservation = reservations.find(({ sid }) => sid === reservationSid);
  if (!reservation) throw new Error(`The offer of ${task.sid} did not create ${reservationSid}`);
  const state = stateAtOffer(present, offer);
  const chosen = reservations.map(({ workerSid }) => rowOf(state, 'workers', workerSid));
  const { workers: eligible, orderBy } = state.routing.eligibleWorkers(task);
  const others = eligible
    .filter(({ sid }) => chosen.every((worker) => worker.sid !== sid))
    .map((worker) => ({ worker, precedence: precedence(state, task, orderBy, [lastOf(chosen), worker]) }));
  return {
    reservationSid,
    taskSid: task.sid,
    workerSid: reservation.workerSid,
    summary: `${offerText(state, offer, chosen)}${becauseOf(state, task, chosen, others)}.`,
    workers: [...chosen.map(offered), ...others.map(passedOver), ...unsuitable(state, task)].slice(
      0,
      maxWorkers,
    ),
  };
}

interface Other {
  readonly worker: Worker;
  /** Why the last worker who was offered the task comes before this one. */
  readonly precedence: Precedence;
}

const lastOf = (workers: readonly Worker[]) => workers.at(-1) as Worker;

const offered = ({ sid, friendlyName }: Worker): WorkerReasons => ({
  workerSid: sid,
  workerName: friendlyName,
  eligible: true,
  reasons: [{ code: 'offered', message: `${friendlyName} was offered it` }],
});

const passedOver = ({ worker: { sid, friendlyName }, precedence: { message } }: Other): WorkerReasons => ({
  workerSid: sid,
  workerName: friendlyName,
  eligible: true,
  reasons: [{ code: 'eligible', message: `${friendlyName} could be offered it, too, but ${message}` }],
});

const unsuitable = (state: ExplainedState, task: Task): WorkerReasons[] =>
  nearestWorkers(state, task, new ExpressionClauses()).filter(({ eligible }) => !eligible);

function offerText(state: ExplainedState, { task, at }: PastOffer, chosen: readonly Worker[]): string {
  const names = chosen.map(({ friendlyName }) => friendlyName).join(' and ');
  return `It was offered to ${names} at ${timeText(at)} from the queue ${queueName(state, task)}`;
}

function becauseOf(
  { routing, examined }: StateAtOffer,
  task: Task,
  [first, ...more]: readonly Worker[],
  others: readonly Other[],
): string {
  const name = first?.friendlyName;
  if (task.step.kind === 'direct' && task.step.workerSid)
    return `, because ${task.transferSid === null ? 'its RoutingTarget is' : 'it was transferred to'} ${name}`;
  if (routing.targetOf(task)?.knownWorker) return `, because ${knownAttribute(routing, task)} names ${name}`;
  const [next] = others;
  const among = examined === null ? '' : ` of the ${examined} that were examined`;
  if (!next) return `, because no other worker${among} could be offered it`;
  const { was, were } = next.precedence;
  const count = 1 + more.length + others.length;
  const place = more.length === 0 ? `${name} ${was}` : `they ${were}`;
  return `. Of ${examined === null ? '' : 'at least '}${count} workers who could be offered it, ${place}`;
}
