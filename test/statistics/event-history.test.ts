import fc from 'fast-check';
import { Slices } from '../../src/common/slices';
import type { EventType } from '../../src/taskrouter/model/event-types';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { EventHistory, type HistoryQuery } from '../../src/taskrouter/statistics/event-history';
import { factOf } from '../../src/taskrouter/statistics/fact';
import { countTurns } from '../support/count-turns';
import { countedSid } from '../support/counting-sids';
import { EventLog } from './event-log';

const [ours, other] = [countedSid('WS', 1), countedSid('WS', 2)];
const minute = 60_000;
const types: readonly EventType[] = [
  'task.created',
  'reservation.accepted',
  'task-queue.moved',
  'worker.activity.update',
  'worker.deleted',
  'task.updated',
];

/** Makes events one after the other, at times that the test sets. */
class Story {
  now = 1_700_000_000_000;
  private sequence = 0;

  events(count: number, workspaceSid = ours): TaskRouterEvent[] {
    return Array.from({ length: count }, () => this.event(workspaceSid));
  }

  private event(workspaceSid: string): TaskRouterEvent {
    this.sequence += 1;
    const number = this.sequence;
    const type = types[number % types.length] as EventType;
    return {
      sid: countedSid('EV', number),
      sequence: number,
      type,
      description: type,
      resourceType: 'task',
      resourceSid: countedSid('WT', number),
      workspaceSid,
      workspaceName: 'Counted',
      date: this.now,
      origin: { source: 'twilio', ipAddress: null },
      fields: {
        TaskAge: String(number % 50),
        TaskQueueEnteredDate: String(Math.floor(this.now / 1000) - (number % 7)),
        TaskChannelSid: countedSid('TC', number % 3),
        TaskChannelUniqueName: `channel ${number % 3}`,
        WorkerSid: countedSid('WK', number % 5),
        ...(number % 2 && { TaskQueueSid: countedSid('WQ', number % 4), WorkflowSid: countedSid('WW', 1) }),
        ...(type === 'worker.deleted' && { WorkerActivitySid: countedSid('WA', 1) }),
        ...(type === 'worker.activity.update' && {
          WorkerPreviousActivitySid: countedSid('WA', 2),
          WorkerTimeInPreviousActivityMs: String(number * 1000),
        }),
      },
      ...(type === 'task-queue.moved' && { previousTaskQueueSid: countedSid('WQ', 3) }),
    };
  }
}

/** What is visited, as plain values: a fact is valid only until the next. */
async function visited(history: EventHistory, query: HistoryQuery): Promise<string[]> {
  const facts: string[] = [];
  await history.visit(query, (fact) => facts.push(textOf(fact)));
  return facts;
}

const names = Object.keys(factOf(new Story().events(1)[0] as TaskRouterEvent) ?? {});
const textOf = (fact: object) => names.map((name) => String(fact[name as keyof typeof fact] || 0)).join(' ');

/** The same from the events themselves. */
function plainly(events: readonly TaskRouterEvent[], { workspaceSid, from, to }: HistoryQuery): string[] {
  const facts = events
    .filter((event) => event.workspaceSid === workspaceSid && event.date >= from && event.date <= to)
    .flatMap((event) => factOf(event) ?? []);
  return facts.map(textOf).reverse();
}

const until = Number.POSITIVE_INFINITY;

it('visits the events of a window, newest first', async () => {
  const [log, story] = [new EventLog(), new Story()];
  const events: TaskRouterEvent[] = [];
  for (let count = 0; count < 700; count += 1) {
    story.now += 10;
    events.push(...story.events(1), ...story.events(2, other));
  }
  log.decide(events);
  log.writeAll();
  const query = { workspaceSid: ours, from: story.now - 5000, to: story.now - 1000 };
  const expected = plainly(events, query);
  expect(expected.length).toBeGreaterThan(200);
  expect(await visited(new EventHistory(log), query)).toEqual(expected);
});

it('lets other requests be handled between the pages that it reads', async () => {
  const [log, story] = [new EventLog(), new Story()];
  log.decide(story.events(5000));
  log.writeAll();
  const history = new EventHistory(log, new Slices(0));
  const turns = countTurns();
  await history.load(ours, story.now);
  expect(turns.stop()).toBeGreaterThanOrEqual(20);
});

it('reads the log once, however many requests wait for it, and then counts what happens', async () => {
  const [log, story] = [new EventLog(), new Story()];
  const events = story.events(1000);
  log.decide(events);
  log.writeAll();
  const history = new EventHistory(log);
  const query = { workspaceSid: ours, from: story.now - minute, to: until };
  await Promise.all([visited(history, query), visited(history, query), visited(history, query)]);
  const read = log.queries;
  expect(read).toBeLessThanOrEqual(6);
  events.push(...story.events(3000));
  log.decide(events.slice(1000));
  log.writeAll();
  expect(await visited(history, query)).toEqual(plainly(events, query));
  expect(log.queries).toBe(read);
});

it('reads only what is missing for a longer window', async () => {
  const [log, story] = [new EventLog(), new Story()];
  const events = story.events(1000);
  story.now += 10 * minute;
  events.push(...story.events(1000));
  log.decide(events);
  log.writeAll();
  const history = new EventHistory(log);
  const short = { workspaceSid: ours, from: story.now, to: until };
  expect(await visited(history, short)).toEqual(plainly(events, short));
  const read = log.queries;
  const long = { ...short, from: story.now - 10 * minute };
  expect(await visited(history, long)).toEqual(plainly(events, long));
  expect(log.queries - read).toBeLessThanOrEqual(6);
});

it('drops the events of windows that nobody has asked for in half an hour', async () => {
  const [log, story] = [new EventLog(), new Story()];
  const events = story.events(1000);
  const everything = { workspaceSid: ours, from: story.now, to: until };
  const write = (more: readonly TaskRouterEvent[]) => {
    events.push(...more);
    log.decide(more);
    log.writeAll();
  };
  log.decide(events);
  log.writeAll();
  const history = new EventHistory(log);
  await history.load(ours, story.now);
  for (let count = 0; count < 4; count += 1) {
    story.now += 15 * minute;
    write(story.events(1));
    expect(history.isLoaded(ours, story.now)).toBe(true);
  }
  expect(history.isLoaded(ours, everything.from)).toBe(false);
  expect(await visited(history, everything)).toEqual(plainly(events, everything));
});

it('forgets everything when everything is deleted, and reads what is there then', async () => {
  const [log, story] = [new EventLog(), new Story()];
  log.decide(story.events(1000));
  log.writeAll();
  const history = new EventHistory(log);
  const query = { workspaceSid: ours, from: story.now, to: until };
  await visited(history, query);
  log.clear();
  const read = log.queries;
  expect(await visited(history, query)).toEqual([]);
  const events = story.events(50);
  log.decide(events);
  log.write();
  expect(await visited(history, query)).toEqual(plainly(events, query));
  expect(log.queries).toBe(read + 1);
});

it('reads again after the log could not be read', async () => {
  const [log, story] = [new EventLog(), new Story()];
  const events = story.events(1000);
  log.decide(events);
  log.writeAll();
  const query = { workspaceSid: ours, from: story.now, to: until };
  const { events: read } = log.store;
  let left = 2;
  log.store.events = (asked) => {
    left -= 1;
    if (left === 0) throw new Error('unreadable');
    return read(asked);
  };
  const history = new EventHistory(log);
  await expect(visited(history, query)).rejects.toThrow('unreadable');
  expect(await visited(history, query)).toEqual(plainly(events, query));
});

type Step =
  | { readonly does: 'decide'; readonly count: number; readonly elsewhere: boolean }
  | { readonly does: 'write' }
  | { readonly does: 'clear' }
  | { readonly does: 'pass'; readonly ms: number }
  | { readonly does: 'ask' | 'load'; readonly back: number; readonly length: number };

const lengths = fc.constantFrom(0, 1, 2000, minute, 20 * minute, 100 * minute);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('decide' as const),
      count: fc.constantFrom(1, 3, 40, 1100),
      elsewhere: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('write' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('clear' as const) }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: lengths }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('ask' as const, 'load' as const),
      back: lengths,
      length: lengths,
    }),
  },
);

it('agrees with the events themselves, whatever is written, asked, or deleted meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      const [log, story] = [new EventLog(), new Story()];
      const history = new EventHistory(log, new Slices(0));
      let events: TaskRouterEvent[] = [];
      const open: Promise<unknown>[] = [];
      for (const next of steps) {
        if (next.does === 'decide') {
          const more = story.events(next.count, next.elsewhere ? other : ours);
          events.push(...more);
          log.decide(more);
        } else if (next.does === 'write') log.write();
        else if (next.does === 'clear') {
          log.clear();
          events = [];
        } else if (next.does === 'pass') story.now += next.ms;
        else {
          const from = story.now - next.back;
          const query = { workspaceSid: ours, from, to: from + next.length };
          // It goes on while the next steps happen.
          if (next.does === 'load') open.push(history.load(ours, from));
          else {
            await history.load(ours, from);
            const expected = plainly(events, query);
            open.push(visited(history, query).then((facts) => expect(facts).toEqual(expected)));
          }
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      await Promise.all(open);
    }),
    { numRuns: 60, seed: 1_700_000_000 },
  );
});
