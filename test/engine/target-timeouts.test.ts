import fc from 'fast-check';
import { attributes, EngineBench } from '../support/engine-bench';

// Timeouts of targets add up, measured by the task's age: https://www.twilio.com/docs/taskrouter/task-evaluation

type Queues = { spanish: string };

const threeTimesTen = ({ spanish }: Queues) => ({
  filters: [
    {
      expression: '1==1',
      targets: [10, 10, 10].map((timeout) => ({ queue: spanish, timeout })),
    },
  ],
});

function targetOf(bench: EngineBench, task: string): number | string {
  const { step, status } = bench.task(task);
  return status === 'canceled' || step.kind !== 'workflow' ? status : step.target;
}

function offer(bench: EngineBench): void {
  bench.setActivity(bench.alice, 'Idle');
}

function reject(bench: EngineBench, task: string): void {
  const workerActivitySid = bench.activities.Offline;
  bench.updateReservation(bench.pending(task), 'rejected', workerActivitySid ? { workerActivitySid } : {});
}

describe('the timeouts of the targets in a filter', () => {
  it('add up, also across a reservation: the documented example', () => {
    const bench = new EngineBench({ rules: threeTimesTen, reservationTimeoutSeconds: 100 });
    const task = bench.addTask();
    bench.pass(3);
    offer(bench);
    bench.pass(5);
    reject(bench, task);
    bench.pass(1);
    expect(targetOf(bench, task)).toBe(0);
    bench.pass(1);
    expect(targetOf(bench, task)).toBe(1);
    bench.pass(9);
    expect(targetOf(bench, task)).toBe(1);
    bench.pass(1);
    expect(targetOf(bench, task)).toBe(2);
    bench.pass(10);
    expect(bench.task(task).reason).toBe('Task canceled on Workflow timeout');
  });

  it('leave the second target at 20 s when a reservation held the first from 8 s to 18 s', () => {
    const bench = new EngineBench({ rules: threeTimesTen, reservationTimeoutSeconds: 100 });
    const task = bench.addTask();
    bench.pass(8);
    offer(bench);
    bench.pass(10);
    reject(bench, task);
    expect(targetOf(bench, task)).toBe(1);
    bench.pass(1);
    expect(targetOf(bench, task)).toBe(1);
    bench.pass(1);
    expect(targetOf(bench, task)).toBe(2);
  });

  it('let a task pass through a target whose time is already over, without an offer there', () => {
    const bench = new EngineBench({ rules: threeTimesTen, reservationTimeoutSeconds: 100 });
    const task = bench.addTask();
    offer(bench);
    bench.pass(25);
    bench.takeEventTypes();
    reject(bench, task);
    expect(targetOf(bench, task)).toBe(2);
    expect(bench.takeEventTypes().filter((type) => !type.startsWith('worker.'))).toEqual([
      'reservation.rejected',
      'task-queue.timeout',
      'workflow.target-matched',
      'task-queue.entered',
      'task-queue.timeout',
      'workflow.target-matched',
      'task-queue.entered',
    ]);
    expect(bench.offers(task)).toHaveLength(1);
  });

  it('immediately cancel a task that was reserved until after the last of them', () => {
    const bench = new EngineBench({ rules: threeTimesTen, reservationTimeoutSeconds: 100 });
    const task = bench.addTask();
    offer(bench);
    bench.pass(30);
    reject(bench, task);
    expect(bench.task(task)).toMatchObject({
      status: 'canceled',
      reason: 'Task canceled on Workflow timeout',
    });
  });
});

interface Target {
  readonly timeout: number | null;
  readonly priority: number | null;
  readonly skipped: boolean;
}

/**
 * The rule in its simplest form: target k of a filter ends at the age at which the task entered the filter, plus the
 * timeouts of the targets up to k that it did not skip.
 */
class PlainModel {
  age = 0;
  filter = 0;
  target = 0;
  priority = 0;
  canceled = false;
  reserved = false;
  isAliceIdle = false;
  a: number;
  private enteredFilterAt = 0;
  private served: number[] = [];
  private changedWhileReserved = false;

  constructor(
    private readonly filters: readonly (readonly Target[])[],
    a: number,
  ) {
    this.a = a;
    this.enterFilter(this.firstMatching(0));
  }

  second(): void {
    this.age += 1;
    this.settle();
  }

  idle(): void {
    this.isAliceIdle = true;
    this.settle();
  }

  reject(): void {
    this.reserved = false;
    this.isAliceIdle = false;
    if (this.changedWhileReserved) this.route();
    this.changedWhileReserved = false;
    this.settle();
  }

  change(a: number): void {
    this.a = a;
    if (this.reserved) this.changedWhileReserved = true;
    else this.route();
    this.settle();
  }

  /** The filters match a == 1, a == 2, and everything. */
  private firstMatching(from: number): number {
    return [this.a === 1, this.a === 2, true].findIndex((matches, at) => at >= from && matches);
  }

  private route(): void {
    const filter = this.firstMatching(0);
    if (filter === this.filter && this.target === 0) return;
    this.enterFilter(filter);
  }

  private enterFilter(filter: number): void {
    this.filter = filter;
    this.enteredFilterAt = this.age;
    this.served = [];
    this.enterTarget(0);
  }

  private enterTarget(target: number): void {
    this.target = target;
    this.priority = this.here?.priority ?? this.priority;
    this.wasAsked = false;
  }

  private wasAsked = false;

  private get here(): Target | undefined {
    return this.filters[this.filter]?.[this.target];
  }

  private get isOver(): boolean {
    const timeout = this.here?.timeout ?? null;
    if (timeout === null) return false;
    return this.enteredFilterAt + this.served.reduce((sum, one) => sum + one, timeout) <= this.age;
  }

  private settle(): void {
    while (!this.canceled && !this.reserved) {
      if (this.isOver) this.leave(false);
      else if (this.isAliceIdle) this.reserved = true;
      else if (this.here?.skipped && !this.wasAsked) this.leave(true);
      else {
        this.wasAsked = true;
        return;
      }
    }
  }

  private leave(skips: boolean): void {
    const targets = this.filters[this.filter] ?? [];
    if (!skips) this.served.push(this.here?.timeout ?? 0);
    if (this.target + 1 < targets.length) {
      this.enterTarget(this.target + 1);
      return;
    }
    const below = this.firstMatching(this.filter + 1);
    if (below < 0) this.canceled = true;
    else this.enterFilter(below);
  }
}

const target: fc.Arbitrary<Target> = fc.record({
  timeout: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 5 }),
  priority: fc.option(fc.integer({ min: 0, max: 9 })),
  skipped: fc.boolean(),
});

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 8 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'idle' as const }) },
  { weight: 2, arbitrary: fc.constant({ type: 'reject' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('change' as const), a: fc.integer({ min: 1, max: 3 }) }),
  },
);

it('follow the simple rule for any targets, reservations, skips, priorities, and attribute changes', () => {
  const filters = fc.tuple(...[0, 1, 2].map(() => fc.array(target, { minLength: 1, maxLength: 4 })));
  fc.assert(
    fc.property(
      filters,
      fc.integer({ min: 1, max: 3 }),
      fc.array(action, { maxLength: 20 }),
      (rows, a, actions) => {
        const bench = new EngineBench({
          reservationTimeoutSeconds: 3600,
          rules: ({ spanish }) => ({
            filters: ['a == 1', 'a == 2', '1 == 1'].map((expression, at) => ({
              expression,
              targets: (rows[at] ?? []).map(({ timeout, priority, skipped }) => ({
                queue: spanish,
                ...(timeout !== null && { timeout }),
                ...(priority !== null && { priority }),
                ...(skipped && { skip_if: '1 == 1' }),
              })),
            })),
          }),
        });
        const task = bench.addTask({ a });
        const model = new PlainModel(rows, a);
        // The engine evaluates skip_if when the task is created.
        model.change(a);
        const seen = () => {
          const { status, priority, step } = bench.task(task);
          const place = step.kind === 'workflow' ? { filter: step.filter, target: step.target } : {};
          return status === 'canceled' ? { status } : { status, priority, ...place };
        };
        const expected = () =>
          model.canceled
            ? { status: 'canceled' }
            : {
                status: model.reserved ? 'reserved' : 'pending',
                priority: model.priority,
                filter: model.filter,
                target: model.target,
              };
        expect(seen()).toEqual(expected());
        for (const step of actions) {
          if (model.canceled) return;
          if (step.type === 'pass') {
            for (let second = 0; second < step.seconds && !model.canceled; second += 1) {
              bench.pass(1);
              model.second();
              expect(seen()).toEqual(expected());
            }
          } else if (step.type === 'idle' && !model.isAliceIdle && !model.reserved) {
            offer(bench);
            model.idle();
          } else if (step.type === 'reject' && model.reserved) {
            reject(bench, task);
            model.reject();
          } else if (step.type === 'change' && step.a !== model.a) {
            bench.updateTask(task, { attributes: attributes({ a: step.a }) });
            model.change(step.a);
          }
          expect(seen()).toEqual(expected());
        }
      },
    ),
    { numRuns: 200 },
  );
});
