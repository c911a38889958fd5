import fc from 'fast-check';
import type { Engine } from '../../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../../src/taskrouter/model/commands';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { reservationStatuses, taskStatuses, transferStatuses } from '../../src/taskrouter/model/statuses';
import { type BenchOptions, EngineBench } from '../support/engine-bench';
import { engineSnapshot, engineText } from '../support/engine-snapshot';
import { FallibleSids } from '../support/fallible-sids';
import { EngineInvariants } from './engine-invariants';
import { actions, worlds } from './random-actions';
import { attempt, populated } from './random-workspaces';

/** A bench that checks the invariants after every command and, once it has a twin, that the twin behaves the same. */
class WatchedBench extends EngineBench {
  private readonly invariants = new EngineInvariants(this);
  private twin: Engine | null = null;
  private latest = 0;

  constructor(
    private readonly sids: FallibleSids,
    options: BenchOptions,
  ) {
    super({ ...options, newSid: sids.next });
  }

  override run<C extends Command>(command: C): ResultOf<C> {
    const overdue =
      (this.engine.nextDeadline() ?? Number.POSITIVE_INFINITY) <= Math.max(this.now, this.latest);
    const before = [...this.engine.view.all('tasks', this.workspaceSid)];
    const pure = !overdue || command.type === 'PassTime';
    const outcome = outcomeOf(() => super.run(command));
    // The first commands create the workspace before this class is complete.
    this.latest = Math.max(this.latest, this.now);
    if (this.invariants) this.invariants.check(this.events.splice(0), pure ? before : null);
    if (this.twin) this.twinAgrees(this.twin, command, outcome);
    if (outcome.refusal) throw outcome.refusal;
    return outcome.result as ResultOf<C>;
  }

  /** From here on, a second engine that was loaded from the rows runs the same commands. The clock must be right again. */
  bringInTwin(): void {
    this.now = Math.max(this.now, this.latest);
    this.run({ type: 'PassTime' });
    const twin = this.reloaded(this.sids.copy().next);
    expectSameState(twin, this.engine);
    this.twin = twin;
    this.run({ type: 'PassTime' });
  }

  private twinAgrees(twin: Engine, command: Command, outcome: object): void {
    const origin = { source: 'twilio', ipAddress: null } as const;
    expect(outcomeOf(() => twin.execute(command, this.now, origin).result)).toEqual(outcome);
    expectSameState(twin, this.engine);
  }
}

/** The matcher describes the difference but is slow, so it runs only when the texts differ. */
function expectSameState(left: Engine, right: Engine): void {
  if (engineText(left) !== engineText(right)) expect(engineSnapshot(left)).toEqual(engineSnapshot(right));
}

function outcomeOf<T>(action: () => T): { result?: T; refusal?: TaskRouterError } {
  try {
    return { result: action() };
  } catch (error) {
    if (error instanceof TaskRouterError) return { refusal: error };
    throw error;
  }
}

const newBench = (world: object) => populated(new WatchedBench(new FallibleSids(), world));

it('holds its invariants under any commands, and behaves the same after a restart', () => {
  fc.assert(
    fc.property(worlds, actions, fc.nat(40), (world, todo, restart) => {
      const bench = newBench(world);
      for (const [at, action] of todo.entries()) {
        if (at === restart % todo.length) bench.bringInTwin();
        attempt(bench, action);
      }
    }),
    // The runs are the same every time. Change the seed for others.
    { numRuns: 200, seed: 20_261_122 },
  );
});

it('reaches every status of tasks, reservations, and transfers along the way', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = newBench(world);
      for (const action of todo) {
        attempt(bench, action);
        for (const { status } of bench.engine.view.all('tasks')) reached.add(`task ${status}`);
        for (const { status } of bench.engine.view.all('reservations')) reached.add(`reservation ${status}`);
        for (const { status } of bench.engine.view.all('transfers')) reached.add(`transfer ${status}`);
      }
    }),
    // The runs are the same every time: this test checks the reach of the actions, not the engine.
    { numRuns: 60, seed: 20_261_122 },
  );
  const all = [
    ...taskStatuses.map((status) => `task ${status}`),
    ...reservationStatuses.map((status) => `reservation ${status}`),
    ...transferStatuses.map((status) => `transfer ${status}`),
  ];
  expect(all.filter((each) => !reached.has(each))).toEqual([]);
});
