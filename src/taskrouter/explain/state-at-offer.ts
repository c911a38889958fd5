import { Engine } from '../engine/engine';
import { idleSince } from '../engine/rules/ordering';
import type { PastOffer } from '../engine/state/recent-offers';
import type { Task, Worker } from '../model/entities';
import type { ExplainedState } from './explained-state';

/** Our choice: to load a worker takes about 40 µs, so that 15,000 would stop the service for half a second. */
const maxExamined = 75;

export interface StateAtOffer extends ExplainedState {
  /** How many workers are in it; null if all are. */
  readonly examined: number | null;
}

/**
 * The state in which an offer was made, in an engine of its own, so that the same predicates explain the past and the
 * present. It has what decides about this task, and nothing else.
 * @param present chooses the workers of a large workspace
 */
export function stateAtOffer(present: ExplainedState, offer: PastOffer): StateAtOffer {
  const { task, at, rows } = offer;
  const { workspaceSid } = task;
  const { view } = present;
  const all = rows.all('workers', workspaceSid);
  const workers = all.length > maxExamined ? likeliest(present, offer, all) : all;
  const sids = workers.map(({ sid }) => sid);
  const isOfWorker = ({ workerSid }: { readonly workerSid: string }) => sids.includes(workerSid);
  const engine = new Engine({ accountSid: '', newSid: createsNothing });
  engine.load(
    {
      workspaces: existing(rows.find('workspaces', workspaceSid)),
      activities: rows.all('activities', workspaceSid),
      taskChannels: rows.all('taskChannels', workspaceSid),
      taskQueues: existing(rows.find('taskQueues', task.taskQueueSid)),
      workflows: [],
      workflowVersions: versionOf(task).flatMap((sid) => existing(rows.find('workflowVersions', sid))),
      workers,
      workerChannels: rows.instead(
        'workerChannels',
        sids.flatMap((sid) => view.channelsOfWorker(sid)),
        isOfWorker,
      ),
      tasks: [task],
      reservations: rows.instead(
        'reservations',
        sids.flatMap((sid) => view.reservationsOfWorker(sid)),
        isOfWorker,
      ),
      deliveries: [],
      calls: [],
      transfers: [],
    },
    0,
    at,
  );
  const examined = workers.length < all.length ? workers.length : null;
  return { view: engine.view, routing: engine.routing, now: at, examined };
}

const createsNothing = () => {
  throw new Error('This engine explains the past. It creates nothing.');
};

const existing = <R>(row: R | undefined): R[] => (row === undefined ? [] : [row]);

const versionOf = ({ step }: Task): string[] => (step.kind === 'workflow' ? [step.versionSid] : []);

/** Those who were offered the task, then who was available and is in the queue now, idle longest first. */
function likeliest({ view }: ExplainedState, offer: PastOffer, workers: readonly Worker[]): Worker[] {
  const { task, reservations, rows } = offer;
  const offered = new Set(reservations.map(({ workerSid }) => workerSid));
  const rankOf = (worker: Worker) => {
    if (offered.has(worker.sid)) return 0;
    const available = rows.find('activities', worker.activitySid)?.available ? 1 : 2;
    return view.isInQueue(worker.sid, task.taskQueueSid) ? available : available + 2;
  };
  return workers
    .map((worker) => ({ worker, rank: rankOf(worker), since: idleSince(worker, undefined) }))
    .sort((left, right) => left.rank - right.rank || left.since - right.since)
    .slice(0, maxExamined)
    .map(({ worker }) => worker)
    .sort((left, right) => left.sequence - right.sequence);
}
