import fc from 'fast-check';
import { explainTask } from '../../src/taskrouter/explain/explain-task';
import { explainWorker } from '../../src/taskrouter/explain/explain-worker';
import { availableActivity } from '../../src/taskrouter/explain/explained-state';
import type { Reason } from '../../src/taskrouter/explain/explanation';
import type { Task } from '../../src/taskrouter/model/entities';
import type { SidSource } from '../../src/taskrouter/model/sids';
import { actions, worlds } from '../engine/random-actions';
import { workspaceAfter } from '../engine/random-workspaces';
import type { EngineBench } from '../support/engine-bench';
import { removeObstacle } from './remove-obstacle';

const stateOf = ({ engine, now }: EngineBench) => ({ view: engine.view, routing: engine.routing, now });
const rowsOf = <Name extends 'tasks' | 'workers'>({ engine, workspaceSid }: EngineBench, table: Name) => [
  ...engine.view.all(table, workspaceSid),
];
const isWaiting = ({ engine }: EngineBench, task: Task) => engine.routing.isWaitingForOffer(task);

// The runs are the same every time. Change the seed for others.
const runs = { numRuns: 120, seed: 20_261_130 };

it('gives a reason against every worker for every task that waits', () => {
  let explained = 0;
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = workspaceAfter(world, todo);
      for (const task of rowsOf(bench, 'tasks')) {
        if (!isWaiting(bench, task)) continue;
        const { workers, reasons, summary } = explainTask(stateOf(bench), task);
        explained += 1;
        expect(reasons.length).toBeGreaterThan(0);
        expect(summary).toMatch(/^It waits in the queue .*\.$/s);
        for (const worker of workers)
          expect(worker).toMatchObject({ eligible: false, reasons: expect.any(Array) });
        for (const worker of workers) expect(worker.reasons.length).toBeGreaterThan(0);
      }
    }),
    runs,
  );
  expect(explained).toBeGreaterThan(50);
});

it('says which task a worker gets exactly as the engine then offers it', () => {
  const outcomes = { offered: 0, nothing: 0 };
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = workspaceAfter(world, todo);
      for (const { sid, activitySid } of rowsOf(bench, 'workers')) {
        if (bench.engine.view.find('activities', activitySid)?.available) continue;
        const [first] = explainWorker(stateOf(bench), bench.worker(sid)).tasks;
        const isNext = first?.reasons.every(({ code }) => code === 'not_available');
        bench.events.length = 0;
        bench.updateWorker(sid, {
          activitySid: availableActivity(stateOf(bench), bench.workspaceSid)?.sid,
        });
        const created = bench.events.find(
          ({ type, fields }) => type === 'reservation.created' && fields.WorkerSid === sid,
        );
        expect(created?.fields.TaskSid ?? null).toBe(isNext ? first?.taskSid : null);
        outcomes[created ? 'offered' : 'nothing'] += 1;
      }
    }),
    runs,
  );
  expect(outcomes.offered).toBeGreaterThan(10);
  expect(outcomes.nothing).toBeGreaterThan(10);
});

/** Sids that no bench has given out. */
function freshSids(): SidSource {
  let number = 0;
  return (prefix) => {
    number += 1;
    return `${prefix}f${String(number).padStart(31, '0')}`;
  };
}

/** Whether a worker was ready for a moment, and has a new reservation. */
const wasReady = ({ events }: EngineBench, workerSid: string) =>
  events.some(({ type, fields }) => type === 'reservation.created' && fields.WorkerSid === workerSid);
const readiness = ['not_available', 'has_pending_reservation', 'no_capacity'];
const failed = ({ clauses = [] }: Reason) =>
  clauses.filter(({ matches }) => !matches).map(({ text }) => text);

/** Whether a reason is still there; what a new reservation changes does not count. */
function isLeft(reason: Reason, reasons: readonly Reason[], isReserved: boolean): boolean {
  if (isReserved && readiness.includes(reason.code)) return false;
  const same = reasons.find(({ code }) => code === reason.code);
  if (!same || failed(reason).length === 0) return same !== undefined;
  const lasting = failed(same).filter((text) => !isReserved || !/activity|assigned_tasks/.test(text));
  return lasting.some((text) => failed(reason).includes(text));
}

it('names only obstacles whose removal removes the reason', () => {
  const removed: Record<string, number> = {};
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = workspaceAfter(world, todo);
      for (const task of rowsOf(bench, 'tasks')
        .filter((each) => isWaiting(bench, each))
        .slice(0, 3)) {
        for (const { workerSid, reasons } of explainTask(stateOf(bench), task).workers) {
          for (const reason of reasons) {
            const copy = bench.copy(freshSids());
            if (!removeObstacle({ bench: copy, task, worker: copy.worker(workerSid) }, reason)) continue;
            removed[reason.code] = (removed[reason.code] ?? 0) + 1;
            const now = copy.engine.view.find('tasks', task.sid);
            if (!now || !isWaiting(copy, now)) continue;
            const explained = explainTask(stateOf(copy), now).workers;
            const left = explained.find((worker) => worker.workerSid === workerSid)?.reasons ?? [];
            expect(isLeft(reason, left, wasReady(copy, workerSid)) && { reason, left }).toBe(false);
          }
        }
      }
    }),
    runs,
  );
  expect(Object.keys(removed).sort()).toEqual([
    'has_pending_reservation',
    'known_worker_missing',
    'known_worker_other',
    'no_capacity',
    'not_available',
    'not_in_queue',
    'target_expression_false',
  ]);
});

/** By the documented order alone: https://www.twilio.com/docs/taskrouter/queue-ordering-last-first-out-lifo */
function isAhead({ engine }: EngineBench, other: Task, task: Task): boolean {
  const placeOf = ({ step, taskQueueSid, taskChannelSid }: Task) =>
    [(step.kind === 'direct' && step.workerSid) || taskQueueSid, taskChannelSid].join();
  if (other.sid === task.sid || placeOf(other) !== placeOf(task)) return false;
  const isOlder =
    other.virtualStartTime - task.virtualStartTime ||
    other.dateCreated - task.dateCreated ||
    other.sequence - task.sequence;
  if (engine.view.find('taskQueues', task.taskQueueSid)?.taskOrder === 'LIFO') return isOlder > 0;
  return other.priority === task.priority ? isOlder < 0 : other.priority > task.priority;
}

it('counts exactly the tasks that are ahead, and the time until a task is offered again', () => {
  const seen = { ahead: 0, held: 0 };
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = workspaceAfter(world, todo);
      const codesOf = (copy: EngineBench, task: Task) => {
        const now = copy.engine.view.find('tasks', task.sid);
        return now?.status === 'pending'
          ? explainTask(stateOf(copy), now).reasons.map(({ code }) => code)
          : [];
      };
      for (const task of rowsOf(bench, 'tasks').filter(({ status }) => status === 'pending')) {
        const { ahead } = explainTask(stateOf(bench), task);
        if (task.heldUntil !== null) {
          expect(codesOf(bench, task)).toEqual(['waiting_to_be_offered_again']);
          const copy = bench.copy(freshSids());
          copy.pass((task.heldUntil - copy.now) / 1000);
          expect(codesOf(copy, task)).not.toContain('waiting_to_be_offered_again');
          seen.held += 1;
        } else if (ahead > 0) {
          const others = rowsOf(bench, 'tasks').filter(
            (each) => isWaiting(bench, each) && isAhead(bench, each, task),
          );
          expect(others).toHaveLength(ahead);
          const copy = bench.copy(freshSids());
          for (const { sid } of others) copy.deleteTask(sid);
          expect(codesOf(copy, task)).not.toContain('behind_other_tasks');
          seen.ahead += 1;
        }
      }
    }),
    runs,
  );
  expect(seen.ahead).toBeGreaterThan(10);
  expect(seen.held).toBeGreaterThan(0);
});
