import { limits } from '../../src/common/limits';
import { tableNames } from '../../src/taskrouter/model/entities';
import { EngineBench } from '../support/engine-bench';
import { FallibleSids } from '../support/fallible-sids';
import { waitingEvents } from '../support/waiting-events';

const { maxCount, maxAgeMs } = limits.eventOutbox;
const eventCallbackUrl = 'http://localhost:3000/event-callback';

function listening(options: ConstructorParameters<typeof EngineBench>[0] = {}) {
  const bench = new EngineBench(options);
  bench.updateWorkspace({ eventCallbackUrl });
  for (const { sid } of bench.deliveries('event')) bench.run({ type: 'SettleEventCallback', eventSid: sid });
  return bench;
}

/** Loads event callbacks, as a store of an earlier run has them; the first is the oldest. */
function load(bench: EngineBench, count: number, dateCreated = bench.now): void {
  const { workspaceSid } = bench;
  const first = bench.stored.sequence + 1;
  const deliveries = waitingEvents(count, { first, workspaceSid, dateCreated, url: eventCallbackUrl });
  const empty = Object.fromEntries(tableNames.map((name) => [name, []]));
  bench.stored.sequence += count;
  bench.engine.load({ ...empty, deliveries } as never, bench.stored.sequence);
}

const outbox = (bench: EngineBench) => bench.engine.view.outbox();
const alertsOf = (bench: EngineBench) => bench.alerts.filter(({ detail }) => /outbox/.test(detail));

describe('the outbox of event callbacks', () => {
  it('is bounded: the oldest are dropped first', () => {
    const bench = listening();
    load(bench, maxCount - 1);
    const rows = bench.deliveries('event');
    bench.addTask();
    expect(outbox(bench)).toMatchObject({ events: maxCount, droppedEvents: 3 });
    const left = bench.deliveries('event');
    expect(left[0]).toBe(rows[3]);
    expect(left.at(-1)?.parameters.EventType).toBe('workflow.entered');
  });

  it('drops in the store as well', () => {
    const bench = listening();
    load(bench, maxCount);
    const [oldest] = bench.deliveries('event');
    const { changes } = bench.engine.execute(
      { type: 'CreateActivity', workspaceSid: bench.workspaceSid, friendlyName: 'Lunch', available: false },
      bench.now,
      { source: 'api', ipAddress: null },
    );
    expect(changes).toContainEqual({
      table: 'deliveries',
      sid: oldest?.sid,
      before: oldest,
      after: undefined,
    });
  });

  it('drops callbacks that are too old, whatever the next command is', () => {
    const bench = listening();
    load(bench, 3, bench.now - maxAgeMs);
    bench.run({ type: 'PassTime' });
    expect(outbox(bench)).toMatchObject({ events: 3, oldest: bench.now - maxAgeMs });
    bench.now += 1;
    bench.run({ type: 'PassTime' });
    expect(outbox(bench)).toMatchObject({ events: 0, oldest: null, droppedEvents: 3 });
  });

  it('is cut when the state of an earlier version has more of them', () => {
    const bench = listening();
    load(bench, 2 * maxCount);
    bench.run({ type: 'PassTime' });
    expect(outbox(bench)).toMatchObject({ events: maxCount, droppedEvents: maxCount });
  });

  it('never drops assignment callbacks', () => {
    const bench = listening({
      assignmentCallbackUrl: 'http://localhost:3000/a',
      reservationTimeoutSeconds: 86_400,
    });
    bench.setActivity(bench.alice, 'Idle');
    bench.addTask();
    bench.now += maxAgeMs - 1000;
    load(bench, maxCount);
    bench.addTask();
    bench.now += 999;
    bench.run({ type: 'PassTime' });
    expect(outbox(bench)).toMatchObject({ assignments: 1, events: maxCount });
  });

  it('shows one alert, and repeats it only after a while, with the number so far', () => {
    const bench = listening();
    load(bench, maxCount);
    for (const name of ['a', 'b', 'c']) bench.addActivity(name, false);
    expect(alertsOf(bench)).toEqual([
      {
        code: null,
        level: 'warning',
        workspaceSid: bench.workspaceSid,
        resourceSid: expect.stringMatching(/^EV/),
        detail:
          'The outbox keeps at most 10,000 event callbacks, for at most 24 hours. The oldest are dropped: 1 so far',
        remedy: expect.stringContaining('EventsFilter'),
      },
    ]);
    bench.now += limits.eventOutboxAlertIntervalMs;
    bench.addActivity('d', false);
    expect(alertsOf(bench).map(({ detail }) => detail.slice(-8))).toEqual(['1 so far', '4 so far']);
  });

  it('shows no alert while nothing is dropped', () => {
    const bench = listening();
    load(bench, maxCount - 4);
    bench.addTask();
    expect([alertsOf(bench), outbox(bench).droppedEvents]).toEqual([[], 0]);
  });

  it('is as before when a command is refused', () => {
    const sids = new FallibleSids();
    const bench = listening({ newSid: sids.next });
    load(bench, maxCount);
    const before = outbox(bench);
    expect(sids.withOnly(3, () => bench.addTask())).toBe('too few');
    expect(outbox(bench)).toEqual(before);
  });
});
