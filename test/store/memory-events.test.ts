import fc from 'fast-check';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { MemoryEvents, matches } from '../../src/taskrouter/store/memory-events';
import type { EventQuery } from '../../src/taskrouter/store/store';
import { eventAt, sid } from './samples';

const few = fc.constantFrom('a', 'b', 'c');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const fields = fc.record(
  { TaskSid: few, WorkerSid: few, ReservationSid: few, TaskQueueSid: few, TaskChannelUniqueName: few },
  { requiredKeys: [] },
);
const type = fc.constantFrom('task.created' as const, 'task.updated' as const, 'task.canceled' as const);
const workspaceSid = fc.constantFrom(sid('WS', 1), sid('WS', 2));
const anEvent = fc.nat(45).map((number) => sid('EV', number));
const date = fc.nat(45_000);

const events = fc
  .array(fc.record({ type, workspaceSid, fields, step: fc.nat(2000) }), { maxLength: 40 })
  .map((rows) => {
    let now = 0;
    return rows.map(({ step, ...row }, index) => {
      now += step;
      return eventAt(index + 1, { ...row, date: now });
    });
  });

const query: fc.Arbitrary<EventQuery> = fc.record({
  workspaceSid,
  type: maybe(type),
  types: maybe(fc.subarray(['task.created', 'task.updated'])),
  sid: maybe(anEvent),
  fields: maybe(fields),
  from: maybe(date),
  to: maybe(date),
  olderThan: maybe(anEvent),
  newerThan: maybe(anEvent),
  limit: fc.nat(10),
});

/** By reading all events. */
function plainly(all: readonly TaskRouterEvent[], wanted: EventQuery): TaskRouterEvent[] {
  const { from = 0, to = Number.POSITIVE_INFINITY, olderThan, newerThan, limit } = wanted;
  const cursor = (of: string) => all.find((event) => event.sid === of)?.sequence ?? Number.NaN;
  const found = all.filter(
    (event) =>
      matches(event, wanted) &&
      event.date >= from &&
      event.date <= to &&
      (olderThan === undefined || event.sequence < cursor(olderThan)) &&
      (newerThan === undefined || event.sequence > cursor(newerThan)),
  );
  return newerThan === undefined ? found.reverse().slice(0, limit) : found.slice(0, limit).reverse();
}

it('finds with its indexes what reading all events finds, also after some were forgotten', () => {
  fc.assert(
    fc.property(events, date, fc.array(query, { minLength: 1, maxLength: 8 }), (all, forgotten, queries) => {
      const log = new MemoryEvents();
      log.append(all.slice(0, 20));
      log.append(all.slice(20));
      for (const each of queries) expect(log.query(each)).toEqual(plainly(all, each));
      log.forget(forgotten);
      const kept = all.filter((event) => event.date >= forgotten);
      for (const each of queries) expect(log.query(each)).toEqual(plainly(kept, each));
      log.clear();
      for (const each of queries) expect(log.query(each)).toEqual([]);
    }),
    { numRuns: 300, seed: 20_261_128 },
  );
});

it('reads few events for a query that matches few', () => {
  const log = new MemoryEvents();
  let reads = 0;
  const count = <Row extends object>(row: Row) =>
    new Proxy(row, {
      get(of, name) {
        reads += 1;
        return Reflect.get(of, name);
      },
    });
  const all = Array.from({ length: 1000 }, (_, at) =>
    eventAt(at + 1, { fields: { TaskSid: `task ${at % 500}` } }),
  );
  log.append(all.map(count));
  reads = 0;
  const wanted = { workspaceSid: sid('WS', 1), fields: { TaskSid: 'task 7' }, limit: 50 };
  expect(log.query(wanted)).toHaveLength(2);
  expect(log.query({ ...wanted, fields: { TaskSid: 'no task' } })).toEqual([]);
  expect(reads).toBeLessThan(20);
});
