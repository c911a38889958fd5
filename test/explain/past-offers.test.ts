import fc from 'fast-check';
import type { PastOffer } from '../../src/taskrouter/engine/state/recent-offers';
import { explainReservation } from '../../src/taskrouter/explain/explain-reservation';
import type { ReservationExplanation } from '../../src/taskrouter/explain/explanation';
import { stateAtOffer } from '../../src/taskrouter/explain/state-at-offer';
import { actions, worlds } from '../engine/random-actions';
import { workspaceAfter } from '../engine/random-workspaces';
import { countingSids } from '../support/counting-sids';
import { attributes, type BenchOptions, EngineBench } from '../support/engine-bench';

const offerOf = ({ engine }: EngineBench, reservationSid: string): PastOffer => {
  const offer = engine.pastOffer(reservationSid);
  if (!offer) throw new Error(`The offer of ${reservationSid} is not recorded`);
  return offer;
};
const stateOf = ({ engine, now }: EngineBench) => ({ view: engine.view, routing: engine.routing, now });
const explain = (bench: EngineBench, reservationSid: string) =>
  explainReservation(stateOf(bench), offerOf(bench, reservationSid), reservationSid);

const created = ({ events }: EngineBench) =>
  events.filter(({ type }) => type === 'reservation.created').map(({ resourceSid }) => resourceSid);

it('reads each past offer again in the state in which it was made, whatever happened since', () => {
  let multiple = 0;
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = workspaceAfter(world, todo);
      for (const reservationSid of created(bench)) {
        const offer = offerOf(bench, reservationSid);
        const { task, reservations } = offer;
        const { routing } = stateAtOffer(stateOf(bench), offer);
        const eligible = routing.eligibleWorkers(task).workers.map(({ sid }) => sid);
        expect(eligible.slice(0, reservations.length)).toEqual(
          reservations.map(({ workerSid }) => workerSid),
        );
        multiple += Number(eligible.length > reservations.length);

        const { workers } = explain(bench, reservationSid);
        const explained = workers.filter((worker) => worker.eligible).map(({ workerSid }) => workerSid);
        expect(explained).toEqual(eligible);
        for (const worker of workers) expect(worker.reasons.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150, seed: 20_261_128 },
  );
  expect(multiple).toBeGreaterThan(10);
});

describe('a reservation says why it went to its worker', () => {
  const twoIdle = (options: BenchOptions = {}) => {
    const bench = new EngineBench({ multiTaskEnabled: true, ...options });
    bench.setActivity(bench.alice, 'Idle');
    bench.now += 1000;
    bench.setActivity(bench.bob, 'Idle');
    return bench;
  };
  const texts = ({ workers }: ReservationExplanation) =>
    workers.map(({ reasons }) => reasons.map(({ message }) => message).join('; '));
  const english = { selected_language: 'en' };

  it('who was the only one that could be offered the task', () => {
    const bench = twoIdle();
    const { sid } = bench.pending(bench.addTask());
    const { summary, ...explanation } = explain(bench, sid);
    expect(summary).toBe(
      'It was offered to Alice at 2023-11-14 22:13:21 UTC from the queue "Spanish", because no other worker could be offered it.',
    );
    expect(explanation).toMatchObject({ reservationSid: sid, workerSid: bench.alice });
    expect(texts(explain(bench, sid))).toEqual([
      'Alice was offered it',
      'Bob is not in the queue "Spanish": languages HAS "es" is false for ["en"]',
    ]);
  });

  it('who was idle longest', () => {
    const bench = twoIdle();
    const explanation = explain(bench, bench.pending(bench.addTask(english)).sid);
    expect(explanation.summary).toBe(
      'It was offered to Alice at 2023-11-14 22:13:21 UTC from the queue "English". Of 2 workers who could be offered it, Alice was idle longest.',
    );
    expect(texts(explanation)[1]).toBe(
      'Bob could be offered it, too, but was idle only since 2023-11-14 22:13:21.000 UTC, Alice since 2023-11-14 22:13:20.000 UTC',
    );
  });

  it('who was created first, of those who were idle as long', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.setActivity(bench.bob, 'Idle');
    bench.setActivity(bench.alice, 'Idle');
    const explanation = explain(bench, bench.pending(bench.addTask(english)).sid);
    expect(texts(explanation)[1]).toBe(
      'Bob could be offered it, too, but was created after Alice, and is idle as long',
    );
  });

  it('who came first in the order of the target', () => {
    const bench = twoIdle({
      rules: ({ english: queue }) => ({ default_filter: { queue, order_by: 'worker.level DESC' } }),
    });
    bench.updateWorker(bench.alice, { attributes: attributes({ languages: ['en'], level: 2 }) });
    bench.updateWorker(bench.bob, { attributes: attributes({ languages: ['en'], level: 5 }) });
    const explanation = explain(bench, bench.pending(bench.addTask(english)).sid);
    expect(explanation.summary).toContain(
      'Of 2 workers who could be offered it, Bob came first by worker.level DESC.',
    );
    expect(texts(explanation)).toEqual([
      'Bob was offered it',
      'Alice could be offered it, too, but comes later by worker.level DESC: worker.level is 2, and 5 for Bob',
    ]);
  });

  it('who was offered the task together with others', () => {
    const bench = twoIdle({ queue: { maxReservedWorkers: 2 } });
    bench.addWorker('Carol', { languages: ['en'] }, 'Idle');
    const taskSid = bench.addTask(english);
    const explanation = explain(bench, bench.pending(taskSid, 'Bob').sid);
    expect(explanation.summary).toMatch(/^It was offered to Alice and Bob at .*, they were created first/);
    expect(explanation.workers.map(({ reasons }) => reasons[0]?.code)).toEqual([
      'offered',
      'offered',
      'eligible',
    ]);
  });

  it('whom the target or the RoutingTarget names', () => {
    const bench = twoIdle({
      rules: ({ english: queue }) => ({
        default_filter: { queue, known_worker_friendly_name: 'task.agent' },
      }),
    });
    expect(explain(bench, bench.pending(bench.addTask({ agent: 'Bob' })).sid).summary).toContain(
      ', because task.agent names Bob.',
    );
    const direct = bench.addTask({}, { routingTarget: bench.alice });
    expect(explain(bench, bench.pending(direct).sid).summary).toContain(
      ', because its RoutingTarget is Alice.',
    );
  });

  it('also when everything has changed since', () => {
    const bench = twoIdle();
    const taskSid = bench.addTask();
    const { sid } = bench.pending(taskSid);
    const then = explain(bench, sid);
    bench.updateReservation(bench.reservation(sid), 'accepted');
    bench.updateTask(taskSid, { assignmentStatus: 'completed' });
    bench.deleteTask(taskSid);
    bench.updateWorker(bench.bob, { friendlyName: 'Robert', attributes: attributes({ languages: ['es'] }) });
    bench.updateQueue(bench.queues.spanish, { friendlyName: 'Español', targetWorkers: '1==1' });
    bench.addWorker('Carol', { languages: ['es'] }, 'Idle');
    bench.run({ type: 'DeleteWorker', workspaceSid: bench.workspaceSid, workerSid: bench.alice });
    expect(explain(bench, sid)).toEqual(then);
  });

  it('in a large workspace, among those who are most likely to be offered the task', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    for (let number = 0; number < 300; number += 1) {
      bench.now += 1000;
      bench.addWorker(`Worker ${number}`, { languages: [number % 2 ? 'es' : 'fr'] }, 'Idle');
    }
    const explanation = explain(bench, bench.pending(bench.addTask()).sid);
    expect(explanation.summary).toContain(
      'Of at least 75 workers who could be offered it, Worker 1 was idle longest.',
    );
    expect(explanation.workers.map(({ workerName }) => workerName).slice(0, 3)).toEqual([
      'Worker 1',
      'Worker 3',
      'Worker 5',
    ]);
    expect(explanation.workers).toHaveLength(50);
  });
});

describe('an offer is no longer recorded', () => {
  const offered = () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.setActivity(bench.alice, 'Idle');
    return { bench, reservationSid: bench.pending(bench.addTask()).sid };
  };

  it('after a restart', () => {
    const { bench, reservationSid } = offered();
    expect(bench.reloaded(countingSids()).pastOffer(reservationSid)).toBeNull();
  });

  it('once the workers have changed too often', () => {
    const { bench, reservationSid } = offered();
    const change = (count: number) => {
      for (let number = 0; number < count; number += 1)
        bench.updateWorker(bench.bob, { attributes: attributes({ languages: ['en'], number }) });
    };
    change(2_000);
    expect(bench.engine.pastOffer(reservationSid)).not.toBeNull();
    change(2_000);
    expect(bench.engine.pastOffer(reservationSid)).toBeNull();
  });

  it('once there have been too many others', () => {
    const { bench, reservationSid } = offered();
    const { taskSid } = bench.reservation(reservationSid);
    for (let count = 0; count < 320; count += 1) bench.updateReservation(bench.pending(taskSid), 'rejected');
    expect(bench.engine.pastOffer(reservationSid)).toBeNull();
    expect(bench.engine.pastOffer(bench.pending(taskSid).sid)).not.toBeNull();
  });
});
