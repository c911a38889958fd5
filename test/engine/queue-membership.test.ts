import fc from 'fast-check';
import { compileExpression, scopeOf } from '../../src/language/expression';
import type { TaskQueue, Worker } from '../../src/taskrouter/model/entities';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { chooser, printCondition, randomExpressions } from '../language/random-expressions';
import { attributes, EngineBench } from '../support/engine-bench';
import { FallibleSids } from '../support/fallible-sids';

/** Attributes, some with the name of a field, of a prefix, or of what every object has. */
const names = ['skills', 'level', 'worker', 'channel', 'friendly_name', 'activity_name', '__proto__'];
const { condition, documents } = randomExpressions(names, ['default', 'assigned_tasks']);

/** What people write, with values that workers have, and anything else. */
const written = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        'skills HAS "a"',
        '"b" IN skills',
        'skills HAS "a" AND level > 1',
        'level == 1',
        'level IN [1, 2, null]',
      ],
      ...[
        'worker.level == 1',
        'worker.skills HAS "a" OR level == 2',
        'level != 1',
        '1==1',
        '1==2',
        'level NOT IN [1]',
      ],
      ...[
        'activity_name == "Idle" AND skills HAS "b"',
        'worker.activity_name != "Idle"',
        'friendly_name CONTAINS "0"',
      ],
      ...['channel.default.assigned_tasks < 1', 'worker.channel.default.available_capacity_percentage > 50'],
      ...[
        'channel == "a"',
        'friendly_name == null',
        'sid != null AND skills.a == true',
        'level > "a"',
        'skills[0] == "b"',
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(condition, chooser).map(([each, choose]) => printCondition(each, choose)),
  },
);
const people = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        skills: fc.oneof(fc.subarray(['a', 'b', 'c']), fc.constant({ a: true }), fc.constant('a')),
        level: fc.constantFrom(1, 2, '1', null, [1]),
        worker: fc.option(fc.constantFrom({ level: 1 }, 'a'), { freq: 9 }),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: documents },
);

const index = fc.nat(20);
const activity = fc.constantFrom('Idle', 'Busy', 'Offline');

type Action = (bench: MembershipBench) => void;
const act = <T>(arbitrary: fc.Arbitrary<T>, action: (bench: MembershipBench, values: T) => void) =>
  arbitrary.map(
    (values): Action =>
      (bench) =>
        action(bench, values),
  );

const action = fc.oneof(
  act(fc.tuple(people, activity), (bench, [value, name]) => bench.hire(value, name)),
  act(fc.tuple(index, people), (bench, [at, value]) =>
    bench.updateWorker(bench.workerAt(at).sid, { attributes: attributes(value) }),
  ),
  act(fc.tuple(index, activity), (bench, [at, name]) => bench.setActivity(bench.workerAt(at).sid, name)),
  act(fc.tuple(index, index), (bench, [at, number]) =>
    bench.updateWorker(bench.workerAt(at).sid, { friendlyName: `Worker ${number}` }),
  ),
  act(index, (bench, at) => bench.dismiss(at)),
  act(written, (bench, targetWorkers) => bench.openQueue(targetWorkers)),
  act(fc.tuple(index, written), (bench, [at, targetWorkers]) =>
    bench.updateQueue(bench.queueAt(at).sid, { targetWorkers }),
  ),
  act(index, (bench, at) => bench.updateQueue(bench.queueAt(at).sid, { friendlyName: `Queue ${at}` })),
  act(index, (bench, at) => bench.closeQueue(at)),
  act(fc.constantFrom('Idle', 'Ready'), (bench, friendlyName) => bench.renameIdle(friendlyName)),
  act(fc.constantFrom('en', 'es'), (bench, language) => bench.addTask({ selected_language: language })),
  act(index, (bench, at) => bench.acceptOffer(at)),
  act(fc.tuple(index, fc.integer({ min: 0, max: 3 })), (bench, [at, capacity]) =>
    bench.updateChannel(bench.workerAt(at).sid, 'default', { capacity }),
  ),
);

class MembershipBench extends EngineBench {
  private number = 0;

  constructor(readonly sids: FallibleSids) {
    super({ newSid: sids.next, multiTaskEnabled: true });
  }

  workerAt(at: number): Worker {
    const workers = [...this.engine.view.all('workers', this.workspaceSid)];
    return workers[at % workers.length] as Worker;
  }

  queueAt(at: number): TaskQueue {
    const queues = [...this.engine.view.all('taskQueues', this.workspaceSid)];
    return queues[at % queues.length] as TaskQueue;
  }

  hire(value: Record<string, unknown>, activityName: string): void {
    this.number += 1;
    this.addWorker(`New ${this.number}`, value, activityName);
  }

  /** The last worker stays. */
  dismiss(at: number): void {
    const { workspaceSid } = this;
    if (this.engine.view.count('workers') === 1) return;
    this.run({ type: 'DeleteWorker', workspaceSid, workerSid: this.workerAt(at).sid });
  }

  closeQueue(at: number): void {
    const { workspaceSid } = this;
    this.run({ type: 'DeleteTaskQueue', workspaceSid, taskQueueSid: this.queueAt(at).sid });
  }

  openQueue(targetWorkers: string): void {
    this.number += 1;
    this.addQueue(`Open ${this.number}`, targetWorkers);
  }

  renameIdle(friendlyName: string): void {
    const { workspaceSid, activities } = this;
    this.run({ type: 'UpdateActivity', workspaceSid, activitySid: activities.Idle as string, friendlyName });
  }

  acceptOffer(at: number): void {
    const pending = [...this.engine.view.all('reservations')].filter(({ status }) => status === 'pending');
    const reservation = pending[at % pending.length];
    if (reservation) this.updateReservation(reservation, 'accepted');
  }

  /**
   * The number of available workers in the queue, as `skip_if` counts them: a new task leaves target after target until
   * one has the right number.
   */
  availableBySkipIf(queue: string, max: number): number {
    const target = (count: number) => ({
      queue,
      expression: '1==2',
      skip_if: `workers.available != ${count}`,
    });
    const targets = Array.from({ length: max + 1 }, (_, count) => target(count));
    this.updateWorkflow({ filters: [{ expression: '1==1', targets }] });
    const { sid, step } = this.task(this.addTask());
    this.deleteTask(sid);
    return step.kind === 'workflow' ? step.target : -1;
  }

  availableByCounting(queue: string): number {
    const { view } = this.engine;
    const workers = [...view.workersOfQueue(queue)].map((sid) => this.worker(sid));
    return workers.filter(({ activitySid }) => view.find('activities', activitySid)?.available).length;
  }

  /** The workers whose membership of a queue is not what evaluating the queue's expression for them gives. */
  differences(): string[] {
    const { view } = this.engine;
    const queues = [...view.all('taskQueues')].map((queue) => ({ ...queue, ...expressionOf(queue) }));
    return [...view.all('workers')].flatMap((worker) => {
      const document = this.document(worker);
      // An attribute called `worker` wins, unless it is null.
      const scope = scopeOf({ ...document, worker: document.worker ?? document });
      return queues
        .filter(({ sid, expression }) => view.isInQueue(worker.sid, sid) !== expression.evaluate(scope))
        .map(({ targetWorkers }) => `${targetWorkers} for ${JSON.stringify(document)}`);
    });
  }

  /** Everything that a queue's expression can read of a worker, from the rows alone. */
  private document(worker: Worker): Record<string, unknown> {
    const { view } = this.engine;
    const fields = {
      sid: worker.sid,
      friendly_name: worker.friendlyName,
      activity_sid: worker.activitySid,
      activity_name: view.find('activities', worker.activitySid)?.friendlyName,
      channel: this.channels(worker),
    };
    return { ...fields, ...worker.attributes.value };
  }

  private channels(worker: Worker): Record<string, object> {
    const { view } = this.engine;
    const own = [...view.all('reservations')].filter(({ workerSid }) => workerSid === worker.sid);
    const channels: Record<string, object> = {};
    for (const { workerSid, taskChannelSid, configuredCapacity } of view.all('workerChannels')) {
      if (workerSid !== worker.sid) continue;
      const here = own.filter((each) => each.taskChannelSid === taskChannelSid);
      const used = here.filter(({ status }) => ['pending', 'accepted', 'wrapping'].includes(status)).length;
      channels[view.find('taskChannels', taskChannelSid)?.uniqueName ?? ''] = {
        configured_capacity: configuredCapacity,
        assigned_tasks: here.filter(({ status }) => status === 'accepted').length,
        available_capacity_percentage:
          configuredCapacity === 0
            ? 0
            : Math.max(0, Math.floor((100 * (configuredCapacity - used)) / configuredCapacity)),
      };
    }
    return channels;
  }
}

const expressionOf = ({ targetWorkers }: TaskQueue) => ({
  expression: compileExpression(targetWorkers ?? '1==2'),
});

/** Refusals are expected; any other error is a fault. */
function attempt(bench: MembershipBench, action: Action): void {
  try {
    action(bench);
  } catch (error) {
    if (!(error instanceof TaskRouterError)) throw error;
  }
}

function expectNoDifferences(bench: MembershipBench): void {
  const differences = bench.differences();
  if (differences.length > 0) throw new Error(differences.join('\n'));
}

it('has each worker in exactly the queues whose expression is true for the worker, after any change', () => {
  const actions = fc.array(action, { minLength: 10, maxLength: 40, size: 'max' });
  fc.assert(
    fc.property(actions, (todo) => {
      const bench = new MembershipBench(new FallibleSids());
      for (const each of todo) {
        attempt(bench, each);
        expectNoDifferences(bench);
      }
    }),
    // The runs are the same every time. Change the seed for others.
    { numRuns: 100, seed: 20_261_128 },
  );
});

it('has each worker in the same queues as before when a change is undone', () => {
  const actions = fc.array(fc.tuple(action, fc.nat(4)), { minLength: 5, maxLength: 20, size: 'max' });
  fc.assert(
    fc.property(actions, (todo) => {
      const bench = new MembershipBench(new FallibleSids());
      for (const [each, sids] of todo) {
        bench.sids.withOnly(sids, () => attempt(bench, each));
        expectNoDifferences(bench);
        attempt(bench, each);
        expectNoDifferences(bench);
      }
    }),
    { numRuns: 60, seed: 20_261_128 },
  );
});

it('has each worker in the right queues after a restart', () => {
  const actions = fc.array(action, { minLength: 10, maxLength: 30, size: 'max' });
  fc.assert(
    fc.property(actions, (todo) => {
      const bench = new MembershipBench(new FallibleSids());
      for (const each of todo) attempt(bench, each);
      const { view } = bench.reloaded(bench.sids.copy().next);
      for (const { sid: worker } of view.all('workers')) {
        for (const { sid: queue } of view.all('taskQueues'))
          expect(view.isInQueue(worker, queue)).toBe(bench.engine.view.isInQueue(worker, queue));
      }
    }),
    { numRuns: 20, seed: 20_261_128 },
  );
});

it('counts the available workers of a queue for skip_if as a scan does, after any change', () => {
  const actions = fc.array(fc.tuple(action, fc.option(fc.nat(4))), {
    minLength: 5,
    maxLength: 15,
    size: 'max',
  });
  fc.assert(
    fc.property(actions, (todo) => {
      const bench = new MembershipBench(new FallibleSids());
      for (const [each, sids] of todo) {
        if (sids === null) attempt(bench, each);
        else bench.sids.withOnly(sids, () => attempt(bench, each));
        for (const { sid: queue } of [...bench.engine.view.all('taskQueues')].slice(0, 3)) {
          const available = bench.availableByCounting(queue);
          expect(bench.availableBySkipIf(queue, available)).toBe(available);
        }
      }
    }),
    { numRuns: 25, seed: 20_261_128 },
  );
});
