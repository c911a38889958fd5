import fc from 'fast-check';
import type { Reservation, Task } from '../../src/taskrouter/model/entities';
import { countingSids } from '../support/counting-sids';
import type { EngineBench } from '../support/engine-bench';
import { engineSnapshot } from '../support/engine-snapshot';
import { type Settings, type Step, settings, startBench, steps, take } from './random-steps';

// The same runs every time; remove the seed to look further.
fc.configureGlobal({ seed: 20_261_122, numRuns: 60 });

/** Runs random steps, and looks at the bench after each. */
function always(look: (bench: EngineBench, before: Map<string, number>) => void): void {
  const property = fc.property(settings, steps, (chosen: Settings, path: readonly Step[]) => {
    const bench = startBench(chosen);
    for (const step of path) {
      const before = used(bench);
      take(bench, step);
      look(bench, before);
    }
  });
  fc.assert(property);
}

const tasks = (bench: EngineBench): Task[] => [...bench.engine.view.all('tasks')];

const having = (bench: EngineBench, task: Task, ...statuses: readonly string[]): readonly Reservation[] =>
  bench.reservations(task.sid).filter(({ status }) => statuses.includes(status));

/** How much of each worker channel is used. */
function used(bench: EngineBench): Map<string, number> {
  const { view } = bench.engine;
  const channels = [...view.all('workerChannels')];
  return new Map(channels.map((channel) => [channel.sid, view.useOfChannel(channel).used]));
}

describe('whatever happens, in whatever order', () => {
  it('a task is in one state, and its reservations agree with it', () => {
    always((bench) => {
      for (const task of tasks(bench)) {
        const pending = having(bench, task, 'pending').length;
        const working = having(bench, task, 'accepted', 'wrapping').length;
        const expected = {
          pending: [0, 0],
          reserved: [pending, 0],
          assigned: [0, 1],
          wrapping: [0, 1],
          completed: [0, 0],
          canceled: [0, 0],
        }[task.status];
        expect([task.status, pending, working]).toEqual([task.status, ...expected]);
        if (task.status === 'reserved') expect(pending).toBeGreaterThan(0);
      }
    });
  });

  it('no task asks more workers at a time than MaxReservedWorkers', () => {
    always((bench) => {
      for (const task of tasks(bench)) {
        const most =
          bench.engine.view.find('taskQueues', task.taskQueueSid)?.maxReservedWorkers ?? Number.NaN;
        expect(having(bench, task, 'pending', 'accepted', 'wrapping').length).toBeLessThanOrEqual(most);
      }
    });
  });

  it('no worker is asked twice about the same task at a time', () => {
    always((bench) => {
      for (const task of tasks(bench)) {
        const workers = having(bench, task, 'pending', 'accepted', 'wrapping').map(
          ({ workerSid }) => workerSid,
        );
        expect(new Set(workers).size).toBe(workers.length);
      }
    });
  });

  it('capacity is never exceeded, but by a RoutingTarget that ignores it or by lowering it', () => {
    always((bench, before) => {
      const { view } = bench.engine;
      const [workspace] = view.all('workspaces');
      if (!workspace?.multiTaskEnabled) return;
      for (const channel of view.all('workerChannels')) {
        const mine = view.reservationsOfWorker(channel.workerSid).filter(({ status }) => isLive(status));
        const { used: now } = view.useOfChannel(channel);
        expect(now).toBe(
          mine.filter(({ taskChannelSid }) => taskChannelSid === channel.taskChannelSid).length,
        );
        const ignoring = mine.filter(({ taskSid }) => view.find('tasks', taskSid)?.ignoreCapacity).length;
        const grew = now > (before.get(channel.sid) ?? 0);
        if (grew && ignoring === 0) expect(now).toBeLessThanOrEqual(channel.configuredCapacity);
      }
    });
  });

  it('a single-tasking worker is asked about one task at a time, but by a RoutingTarget', () => {
    always((bench) => {
      const { view } = bench.engine;
      const [workspace] = view.all('workspaces');
      if (workspace?.multiTaskEnabled) return;
      for (const { sid } of view.all('workers')) {
        const pending = view.reservationsOfWorker(sid).filter(({ status }) => status === 'pending');
        const chosen = pending.filter(({ taskSid }) => !view.find('tasks', taskSid)?.ignoreCapacity);
        expect(chosen.length).toBeLessThanOrEqual(1);
      }
    });
  });

  it('one acceptance wins, and everything ends once', () => {
    always((bench) => {
      const count = (types: readonly string[], sid: 'TaskSid' | 'ReservationSid') => {
        const counts = new Map<string, number>();
        for (const { type, fields } of bench.events) {
          if (types.includes(type))
            counts.set(fields[sid] as string, (counts.get(fields[sid] as string) ?? 0) + 1);
        }
        return [...counts.values()];
      };
      for (const counts of [
        count(['reservation.accepted'], 'TaskSid'),
        count(['task.completed', 'task.canceled'], 'TaskSid'),
        count(['task.deleted', 'task.system-deleted'], 'TaskSid'),
        count(['reservation.created'], 'ReservationSid'),
        count(endsOfReservations, 'ReservationSid'),
      ]) {
        expect(counts.filter((times) => times !== 1)).toEqual([]);
      }
    });
  });

  it('nobody waits for a worker who could be asked', () => {
    always((bench) => {
      const { view } = bench.engine;
      const [workspace] = view.all('workspaces');
      for (const task of tasks(bench)) {
        if (task.status !== 'pending' || task.heldUntil !== null || task.step.kind === 'direct') continue;
        for (const worker of view.all('workers')) {
          if (!view.isInQueue(worker.sid, task.taskQueueSid)) continue;
          if (!view.find('activities', worker.activitySid)?.available) continue;
          const asked = view.reservationsOfWorker(worker.sid).filter(({ status }) => status === 'pending');
          const channel = view
            .channelsOfWorker(worker.sid)
            .find(({ taskChannelSid }) => taskChannelSid === task.taskChannelSid);
          if (!channel) throw new Error('a worker lacks a channel');
          const hasRoom = workspace?.multiTaskEnabled
            ? channel.available && view.useOfChannel(channel).used < channel.configuredCapacity
            : asked.length === 0;
          expect(hasRoom).toBe(false);
        }
      }
    });
  });

  it('what the store would give back is what is in memory, and goes on alike', () => {
    const property = fc.property(settings, steps, (chosen: Settings, path: readonly Step[]) => {
      const bench = startBench(chosen);
      for (const step of path) take(bench, step);
      const reloaded = bench.reloaded(countingSids());
      expect(engineSnapshot(reloaded)).toEqual(engineSnapshot(bench.engine));
      const due = bench.engine.nextDeadline();
      if (due === null) return;
      const pass = { type: 'PassTime' } as const;
      const origin = { source: 'twilio', ipAddress: null } as const;
      const again = reloaded
        .execute(pass, due, origin)
        .events.map(({ type, resourceType }) => [type, resourceType]);
      const here = bench.engine
        .execute(pass, due, origin)
        .events.map(({ type, resourceType }) => [type, resourceType]);
      expect(again).toEqual(here);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('the same steps come to the same', () => {
    const property = fc.property(settings, steps, (chosen: Settings, path: readonly Step[]) => {
      const [one, other] = [startBench(chosen), startBench(chosen)];
      for (const step of path) {
        take(one, step);
        take(other, step);
      }
      expect(JSON.stringify(other.events)).toBe(JSON.stringify(one.events));
      expect(engineSnapshot(other.engine)).toEqual(engineSnapshot(one.engine));
    });
    fc.assert(property, { numRuns: 40 });
  });

  it('reaches every state of tasks and reservations on the way', () => {
    const reached = new Set<string>();
    const property = fc.property(settings, steps, (chosen: Settings, path: readonly Step[]) => {
      const bench = startBench(chosen);
      for (const step of path) {
        take(bench, step);
        for (const { status } of bench.engine.view.all('tasks')) reached.add(`task ${status}`);
        for (const { status } of bench.engine.view.all('reservations')) reached.add(`reservation ${status}`);
      }
    });
    fc.assert(property);
    expect([...reached].sort()).toEqual(
      [
        ...['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'].map(
          (each) => `task ${each}`,
        ),
        ...[
          ...['pending', 'accepted', 'rejected', 'timeout', 'canceled', 'rescinded'],
          ...['wrapping', 'completed'],
        ].map((each) => `reservation ${each}`),
      ].sort(),
    );
  });
});

const isLive = (status: string): boolean => ['pending', 'accepted', 'wrapping'].includes(status);

const endsOfReservations = [
  'reservation.rejected',
  'reservation.timeout',
  'reservation.canceled',
  'reservation.rescinded',
  'reservation.completed',
];
