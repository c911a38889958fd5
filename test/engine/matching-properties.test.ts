import fc from 'fast-check';
import type { Task, Worker } from '../../src/taskrouter/model/entities';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { attributes, EngineBench } from '../support/engine-bench';
import { FallibleSids } from '../support/fallible-sids';
import { EngineInvariants } from './engine-invariants';
import { NaiveMatching } from './naive-matching';

/** A target for each kind of task. Those of the same kind differ in what the target reads of them. */
const targets: Record<string, object> = {
  plain: {},
  language: { expression: 'task.language IN worker.languages' },
  either: { expression: 'worker.languages HAS task.language OR worker.level == task.level' },
  leveled: { expression: 'worker.level >= task.level', order_by: 'worker.level DESC' },
  ordered: { order_by: 'worker.level ASC, worker.rank.a DESC' },
  both: { expression: 'worker.languages HAS task.language', order_by: 'worker.rank.a DESC' },
  listed: { expression: 'worker.level IN task.levels AND worker.languages HAS "en"' },
  anyOf: {
    expression: 'worker.level IN [1, 2] OR worker.friendly_name == "Worker 3"',
    order_by: 'worker.level DESC',
  },
  known: { known_worker_friendly_name: 'task.agent' },
  knownAnd: { known_worker_friendly_name: 'task.agent', expression: 'worker.level != task.level' },
  missing: { expression: 'task.nothing == null AND worker.activity_name != "Busy"' },
  never: { expression: 'task.language == "xx" AND worker.level == 1' },
  loaded: { expression: 'worker.channel.default.assigned_tasks < 1 AND worker.level == task.level' },
};
const kinds = Object.keys(targets);

const index = fc.nat(60);
const language = fc.constantFrom('es', 'en', 'fr');
const level = fc.constantFrom(1, 2, 3);
const person = fc.record(
  {
    languages: fc.subarray(['es', 'en', 'fr']),
    level: fc.oneof(
      { weight: 12, arbitrary: level },
      { weight: 1, arbitrary: fc.constantFrom('high', 1.5, null) },
    ),
    rank: fc.record({ a: level }, { requiredKeys: [] }),
  },
  { requiredKeys: ['languages'] },
);
const job = fc.record({
  kind: fc.constantFrom(...kinds),
  language,
  level,
  levels: fc.subarray([1, 2, 3]),
  agent: fc.nat(30).map((number) => `Worker ${number}`),
});

class MatchingBench extends EngineBench {
  private readonly invariants = new EngineInvariants(this);

  constructor(
    readonly sids: FallibleSids,
    people: readonly object[],
    maxReservedWorkers: number,
    offline: number,
  ) {
    super({ newSid: sids.next, multiTaskEnabled: true, queue: { maxReservedWorkers }, rules: rulesOf });
    this.updateQueue(this.queues.english, { targetWorkers: '1==1' });
    for (const [number, value] of people.entries()) {
      this.now += (number % 3) * 1000;
      this.addWorker(
        `Worker ${number}`,
        value as Record<string, unknown>,
        number % offline === 0 ? 'Offline' : 'Idle',
      );
    }
    this.events.length = 0;
  }

  at<T>(values: Iterable<T>, at: number): T {
    const list = [...values];
    return list[at % list.length] as T;
  }

  workerAt(at: number): Worker {
    return this.at(this.engine.view.all('workers', this.workspaceSid), at);
  }

  /** Carries out an action and checks that nothing was missed. Refusals are expected. */
  try(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof TaskRouterError)) throw error;
    }
    this.invariants.checkState();
  }

  /** The sids of the workers that were offered a task in the last action, in order. */
  takeOffers(): { readonly taskSid: string; readonly workerSid: string }[] {
    const made = this.events.splice(0).filter(({ type }) => type === 'reservation.created');
    return made.map(({ resourceSid }) => this.reservation(resourceSid));
  }

  naive(): NaiveMatching {
    return new NaiveMatching(this.engine.view, this.workspaceSid);
  }
}

const rulesOf = ({ spanish, english }: { spanish: string; english: string }) => ({
  filters: kinds.map((kind) => ({
    expression: `kind == "${kind}"`,
    targets: [{ queue: kind === 'both' ? spanish : english, ...targets[kind] }],
  })),
});

/** The workers who may be offered the task, in the order that the documentation gives. */
function plainChoice(naive: NaiveMatching, task: Task): Worker[] {
  const able = naive.workers.filter((worker) => naive.mayBeAsked(task, worker));
  const since = (worker: Worker) => worker.lastReservedTime ?? worker.availableSince;
  const idle = able.sort((left, right) => since(left) - since(right) || left.sequence - right.sequence);
  const { order_by } = naive.targetOf(task) as { order_by?: string };
  const clauses = (order_by ?? '').split(', ').filter((clause) => clause !== '');
  const ignored = clauses.some((clause) => idle.some((worker) => !isInteger(attributeOf(worker, clause))));
  if (ignored) return idle;
  return clauses.reduceRight((workers, clause) => sorted(workers, clause), idle);
}

function sorted(workers: Worker[], clause: string): Worker[] {
  const having = workers.filter((worker) => attributeOf(worker, clause) != null);
  const sign = clause.endsWith('DESC') ? -1 : 1;
  having.sort(
    (left, right) => sign * (Number(attributeOf(left, clause)) - Number(attributeOf(right, clause))),
  );
  return [...having, ...workers.filter((worker) => attributeOf(worker, clause) == null)];
}

const isInteger = (value: unknown) => value == null || Number.isInteger(value);

function attributeOf({ attributes: { value } }: Worker, clause: string): unknown {
  return clause.includes('rank') ? (value.rank as { a?: number } | undefined)?.a : value.level;
}

type Action = (bench: MatchingBench) => void;

/** A new task is offered to the best workers that may be offered it. */
const createTask = fc.tuple(job, fc.nat(2)).map(
  ([value, priority]): Action =>
    (bench) => {
      const before = bench.naive();
      let taskSid = '';
      bench.try(() => {
        taskSid = bench.addTask(value, { priority });
      });
      const task = bench.task(taskSid);
      const { maxReservedWorkers = 1 } = before.queues.find(({ sid }) => sid === task.taskQueueSid) ?? {};
      const max = value.kind.startsWith('known') ? 1 : maxReservedWorkers;
      const expected = plainChoice(before, task).slice(0, max);
      expect(bench.takeOffers().map(({ workerSid }) => workerSid)).toEqual(expected.map(({ sid }) => sid));
    },
);

/** A worker that becomes available is offered the best task first. */
const becomeAvailable = index.map(
  (at): Action =>
    (bench) => {
      const worker = bench.workerAt(at);
      bench.try(() => bench.setActivity(worker.sid, 'Offline'));
      bench.takeOffers();
      const before = bench.naive();
      const available = { ...worker, activitySid: bench.activities.Idle as string };
      const waiting = before.tasks.filter(({ status }) => status === 'pending');
      const able = waiting.filter((task) => before.mayBeAsked(task, available));
      able.sort((left, right) => right.priority - left.priority || left.sequence - right.sequence);
      bench.try(() => bench.setActivity(worker.sid, 'Idle'));
      expect(bench.takeOffers()[0]?.taskSid).toBe(able[0]?.sid);
    },
);

const act = <T>(arbitrary: fc.Arbitrary<T>, action: (bench: MatchingBench, values: T) => void) =>
  arbitrary.map(
    (values): Action =>
      (bench) =>
        bench.try(() => action(bench, values)),
  );

const otherwise = fc.oneof(
  act(fc.tuple(index, fc.constantFrom('Idle', 'Offline')), (bench, [at, name]) =>
    bench.setActivity(bench.workerAt(at).sid, name),
  ),
  act(fc.tuple(index, person), (bench, [at, value]) =>
    bench.updateWorker(bench.workerAt(at).sid, { attributes: attributes(value) }),
  ),
  act(fc.tuple(index, index), (bench, [at, number]) =>
    bench.updateWorker(bench.workerAt(at).sid, { friendlyName: `Worker ${number}` }),
  ),
  act(fc.tuple(index, fc.nat(3)), (bench, [at, capacity]) =>
    bench.updateChannel(bench.workerAt(at).sid, 'default', { capacity }),
  ),
  act(fc.tuple(index, fc.constantFrom('accepted', 'rejected', 'completed')), (bench, [at, status]) => {
    const reservation = bench.at(bench.engine.view.all('reservations'), at);
    if (reservation) bench.updateReservation(reservation, status);
  }),
  act(fc.constantFrom('Idle', 'Busy now'), (bench, friendlyName) => {
    const { workspaceSid, activities } = bench;
    bench.run({ type: 'UpdateActivity', workspaceSid, activitySid: activities.Idle as string, friendlyName });
  }),
  act(fc.boolean(), (bench, reEvaluateTasks) =>
    bench.updateWorkflow(rulesOf(bench.queues), { reEvaluateTasks }),
  ),
  act(fc.tuple(index, job), (bench, [at, value]) => {
    const task = bench.at(bench.engine.view.all('tasks'), at);
    if (task) bench.updateTask(task.sid, { attributes: attributes(value) });
  }),
  act(fc.constantFrom('languages HAS "es"', '1==1', 'level > 1', '1==2'), (bench, targetWorkers) =>
    bench.updateQueue(bench.queues.english, { targetWorkers }),
  ),
);

const action = fc.oneof(
  { weight: 6, arbitrary: createTask },
  { weight: 3, arbitrary: becomeAvailable },
  { weight: 3, arbitrary: otherwise },
);
const worlds = fc.record({
  people: fc.array(person, { minLength: 24, maxLength: 40, size: 'max' }),
  maxReservedWorkers: fc.integer({ min: 1, max: 3 }),
  /** Which part of the workers is offline at first: all, or every fourth. */
  offline: fc.constantFrom(1, 4),
  todo: fc.array(fc.tuple(action, fc.nat(3)), { minLength: 10, maxLength: 50, size: 'max' }),
});

it('offers each task to the workers, and each worker the task, that a scan of everything would choose', () => {
  fc.assert(
    fc.property(worlds, ({ people, maxReservedWorkers, offline, todo }) => {
      const bench = new MatchingBench(new FallibleSids(), people, maxReservedWorkers, offline);
      for (const [each, seconds] of todo) {
        bench.now += seconds * 1000;
        bench.takeOffers();
        each(bench);
      }
    }),
    // The runs are the same every time. Change the seed for others.
    { numRuns: 15, seed: 20_261_128 },
  );
});
