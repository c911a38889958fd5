import fc from 'fast-check';
import { tableNames } from '../../src/taskrouter/model/entities';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { type EventQuery, type Rows, type Store, StoreFailed } from '../../src/taskrouter/store/store';
import { attributesOf, eventAt, put, remove, samples, sid, time } from './samples';

/** How the suite opens one kind of store. */
interface Kind {
  /** A new, empty store. */
  create(): Store;
  /** The same content as the next owner sees it: reopened, where the store has anything to open. */
  reopen(store: Store): Promise<Store>;
}

/** The behavior of every store. */
export function behavesAsStore(kind: Kind): void {
  let store: Store;
  beforeEach(() => {
    store = kind.create();
  });
  afterEach(() => store.close());
  const reopen = async () => {
    store = await kind.reopen(store);
    return store;
  };

  describe('rows', () => {
    it('are empty at first, with sequence 0', () => {
      const { rows, sequence } = store.load();
      expect(sequence).toBe(0);
      expect(Object.keys(rows).sort()).toEqual([...tableNames].sort());
      for (const name of tableNames) expect(rows[name]).toEqual([]);
    });

    it.each(tableNames)('include %s, exactly as written', async (name) => {
      await store.commitBatch({ time, changes: [put(name)], events: [] });
      expect((await reopen()).load().rows[name]).toStrictEqual([samples[name]]);
    });

    it('are returned by table in order of sequence, whatever the order of writing', async () => {
      const tasks = [30, 10, 20].map((n) => put('tasks', { sid: sid('WT', 100 - n), sequence: n }));
      await store.commitBatch({ time, changes: tasks, events: [] });
      expect((await reopen()).load().rows.tasks.map((task) => task.sequence)).toEqual([10, 20, 30]);
    });

    it('keep the last of several changes in one commit', async () => {
      const changes = ['pending', 'reserved', 'assigned'].map((status) =>
        put('tasks', { status: status as 'pending' }),
      );
      await store.commitBatch({ time, changes, events: [] });
      expect((await reopen()).load().rows.tasks.map((task) => task.status)).toEqual(['assigned']);
    });

    it('are replaced in a later commit', async () => {
      await store.commitBatch({ time, changes: [put('workers')], events: [] });
      await store.commitBatch({
        time,
        changes: [put('workers', { friendlyName: 'Alicia', version: 1 })],
        events: [],
      });
      expect((await reopen()).load().rows.workers).toEqual([
        { ...samples.workers, friendlyName: 'Alicia', version: 1 },
      ]);
    });

    it('of two tables with the same sid are kept apart', async () => {
      await store.commitBatch({ time, changes: [put('reservations'), put('deliveries')], events: [] });
      await store.commitBatch({ time, changes: [remove('deliveries')], events: [] });
      const { rows } = (await reopen()).load();
      expect(rows.reservations).toHaveLength(1);
      expect(rows.deliveries).toEqual([]);
    });

    it('are gone once deleted, even if created and deleted in the same commit', async () => {
      await store.commitBatch({
        time,
        changes: [put('tasks'), put('tasks', { sid: sid('WT', 2) })],
        events: [],
      });
      await store.commitBatch({
        time,
        changes: [remove('tasks'), put('tasks', { sid: sid('WT', 3) }), remove('tasks', sid('WT', 3))],
        events: [],
      });
      expect((await reopen()).load().rows.tasks.map((task) => task.sid)).toEqual([sid('WT', 2)]);
    });

    it('can be deleted and created again in one commit', async () => {
      await store.commitBatch({ time, changes: [put('tasks')], events: [] });
      await store.commitBatch({ time, changes: [remove('tasks'), put('tasks', { version: 9 })], events: [] });
      expect((await reopen()).load().rows.tasks.map((task) => task.version)).toEqual([9]);
    });

    it('leave the highest sequence behind when they and their events are gone', async () => {
      await store.commitBatch({ time, changes: [put('tasks', { sequence: 41 })], events: [eventAt(42)] });
      await store.commitBatch({ time, changes: [remove('tasks')], events: [] });
      await store.forgetEvents(Number.MAX_SAFE_INTEGER);
      expect((await reopen()).load().sequence).toBe(42);
      await store.commitBatch({ time, changes: [put('tasks', { sequence: 43 })], events: [] });
      expect((await reopen()).load().sequence).toBe(43);
    });

    it.each([
      ['unicode', '{"name":"Ærøskøbing 客服 🎧 \u2028 \\ud800 \\u0000"}'],
      ['spacing and order', '{ "b" : 1,\n\t"a":  2 }'],
      ['repeated keys', '{"a":1,"a":2}'],
      ['numbers that JSON.stringify cannot repeat', '{"a":-0,"b":1e400,"c":1.0,"d":12345678901234567890}'],
      ['a key named __proto__', '{"__proto__":{"x":1},"constructor":null}'],
      ['a key named attributes', '{"attributes":"text","nested":{"attributes":"{}"}}'],
      ['nothing', '{}'],
    ])('return attributes exactly as written: %s', async (_what, text) => {
      const attributes = attributesOf(text);
      await store.commitBatch({
        time,
        changes: [put('tasks', { attributes }), put('workers', { attributes })],
        events: [],
      });
      const { rows } = (await reopen()).load();
      expect(rows.tasks[0]?.attributes).toStrictEqual(attributes);
      expect(rows.workers[0]?.attributes).toStrictEqual(attributes);
    });

    it('return attributes of several megabytes', async () => {
      const attributes = attributesOf(JSON.stringify({ text: 'ñ'.repeat(3_000_000) }));
      await store.commitBatch({ time, changes: [put('tasks', { attributes })], events: [] });
      expect((await reopen()).load().rows.tasks[0]?.attributes.text === attributes.text).toBe(true);
    });

    it('return any attributes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
          const attributes = attributesOf(JSON.stringify(value));
          await store.commitBatch({ time, changes: [put('tasks', { attributes })], events: [] });
          expect(store.load().rows.tasks[0]?.attributes).toStrictEqual(attributes);
        }),
        { numRuns: 50, seed: 20_261_122 },
      );
    });
  });

  describe('a commit that fails', () => {
    const doomed = () =>
      store.commitBatch({
        time,
        changes: [put('tasks', { version: 2 }), put('workers', { sequence: 50 })],
        events: [eventAt(51), eventAt(1)],
      });
    beforeEach(() => store.commitBatch({ time, changes: [put('tasks')], events: [eventAt(1)] }));

    it('leaves no trace, neither now nor after reopening', async () => {
      await expect(doomed()).rejects.toThrow(StoreFailed);
      for (const seen of [async () => store, reopen]) {
        const { rows, sequence } = (await seen()).load();
        expect(rows.tasks).toEqual([samples.tasks]);
        expect(rows.workers).toEqual([]);
        expect(sequence).toBe(1);
        expect(store.event(sid('EV', 51))).toBeUndefined();
      }
    });

    it('is the last one: nothing can be written afterwards', async () => {
      await expect(doomed()).rejects.toThrow(StoreFailed);
      await expect(store.commitBatch({ time, changes: [put('activities')], events: [] })).rejects.toThrow(
        StoreFailed,
      );
      expect(store.load().rows.activities).toEqual([]);
    });
  });

  describe('events', () => {
    const everything: EventQuery = { workspaceSid: sid('WS', 1), limit: 1000 };
    const found = (query: Partial<EventQuery>) =>
      store.events({ ...everything, ...query }).map((event) => event.sequence);
    const commit = (...events: TaskRouterEvent[]) => store.commitBatch({ time, changes: [], events });

    it('are returned newest first and exactly as written', async () => {
      await commit(eventAt(1), eventAt(2));
      await commit(eventAt(3, { origin: { source: 'twilio', ipAddress: '127.0.0.1' }, fields: {} }));
      expect((await reopen()).events(everything)).toStrictEqual([
        eventAt(3, { origin: { source: 'twilio', ipAddress: '127.0.0.1' }, fields: {} }),
        eventAt(2),
        eventAt(1),
      ]);
    });

    it('are found by sid, or undefined', async () => {
      await commit(eventAt(1), eventAt(2));
      expect(store.event(sid('EV', 2))).toStrictEqual(eventAt(2));
      expect(store.event(sid('EV', 3))).toBeUndefined();
    });

    it('of the same moment are returned in order of sequence', async () => {
      await commit(...[1, 2, 3].map((n) => eventAt(n, { date: 500 })));
      expect(found({})).toEqual([3, 2, 1]);
      expect(found({ olderThan: sid('EV', 3) })).toEqual([2, 1]);
      expect(found({ newerThan: sid('EV', 1), limit: 1 })).toEqual([2]);
    });

    it('are limited to the requested workspace', async () => {
      await commit(eventAt(1), eventAt(2, { workspaceSid: sid('WS', 2) }), eventAt(3));
      expect(found({})).toEqual([3, 1]);
      expect(found({ workspaceSid: sid('WS', 2) })).toEqual([2]);
      expect(found({ workspaceSid: sid('WS', 2), sid: sid('EV', 1) })).toEqual([]);
      expect(found({ workspaceSid: sid('WS', 2), fields: { TaskSid: sid('WT', 1) } })).toEqual([2]);
    });

    it('are filtered by date, inclusive', async () => {
      await commit(...[1, 2, 3, 4, 5].map((n) => eventAt(n)));
      expect(found({ from: 2000 })).toEqual([5, 4, 3, 2]);
      expect(found({ to: 4000 })).toEqual([4, 3, 2, 1]);
      expect(found({ from: 2000, to: 4000 })).toEqual([4, 3, 2]);
      expect(found({ from: 2001, to: 3999 })).toEqual([3]);
      expect(found({ from: 4000, to: 2000 })).toEqual([]);
    });

    it('are filtered by type and by sid', async () => {
      await commit(eventAt(1), eventAt(2, { type: 'task.canceled' }), eventAt(3));
      expect(found({ type: 'task.canceled' })).toEqual([2]);
      expect(found({ type: 'worker.created' })).toEqual([]);
      expect(found({ sid: sid('EV', 3) })).toEqual([3]);
      expect(found({ sid: sid('EV', 3), type: 'task.canceled' })).toEqual([]);
    });

    it('are filtered by several types at once, page by page', async () => {
      const types = ['task.created', 'task.canceled', 'task.deleted', 'task.canceled'] as const;
      await commit(...types.map((type, n) => eventAt(n + 1, { type })));
      expect(found({ types: ['task.canceled', 'task.deleted'] })).toEqual([4, 3, 2]);
      expect(found({ types: ['task.canceled'], olderThan: sid('EV', 4), limit: 1 })).toEqual([2]);
      expect(found({ types: ['task.created'], fields: { TaskSid: sid('WT', 1) }, from: 1000 })).toEqual([1]);
      expect(found({ types: [] })).toEqual([]);
    });

    it.each([
      'TaskSid',
      'WorkerSid',
      'ReservationSid',
      'TaskQueueSid',
      'WorkflowSid',
      'TaskChannelUniqueName',
    ])('are filtered by the field %s', async (name) => {
      await commit(
        eventAt(1, { fields: { [name]: 'this' } }),
        eventAt(2, { fields: { [name]: 'that' } }),
        eventAt(3, { fields: { Other: 'this' } }),
        eventAt(4, { fields: { [name]: 'this' }, type: 'task.updated' }),
      );
      expect(found({ fields: { [name]: 'this' } })).toEqual([4, 1]);
      expect(found({ fields: { [name]: 'neither' } })).toEqual([]);
      expect(found({ fields: { [name]: 'this' }, type: 'task.created' })).toEqual([1]);
      expect(found({ fields: { [name]: 'this' }, from: 1001 })).toEqual([4]);
      expect(found({ fields: { [name]: 'this' }, olderThan: sid('EV', 4) })).toEqual([1]);
      expect(found({ fields: { [name]: 'this' }, newerThan: sid('EV', 1) })).toEqual([4]);
    });

    it('must match all requested fields', async () => {
      await commit(
        eventAt(1, { fields: { TaskSid: 'a', WorkerSid: 'b' } }),
        eventAt(2, { fields: { TaskSid: 'a', WorkerSid: 'c' } }),
      );
      expect(found({ fields: { TaskSid: 'a', WorkerSid: 'b' } })).toEqual([1]);
    });

    it('are filtered by a literal value, never by a pattern or code', async () => {
      await commit(eventAt(1, { fields: { 'a\'b"c': '%' } }));
      expect(found({ fields: { 'a\'b"c': '%' } })).toEqual([1]);
      expect(found({ fields: { TaskSid: "' OR 1=1 --" } })).toEqual([]);
      expect(found({ type: '%' })).toEqual([]);
    });

    it('are limited to the newest ones when there is a limit', async () => {
      await commit(...[1, 2, 3].map((n) => eventAt(n)));
      expect(found({ limit: 2 })).toEqual([3, 2]);
      expect(found({ limit: 0 })).toEqual([]);
    });

    it('are paged back and forth by cursor, newest first in both directions', async () => {
      await commit(...[1, 2, 3, 4, 5, 6].map((n) => eventAt(n)));
      expect(found({ olderThan: sid('EV', 5), limit: 2 })).toEqual([4, 3]);
      expect(found({ olderThan: sid('EV', 1), limit: 2 })).toEqual([]);
      expect(found({ newerThan: sid('EV', 2), limit: 2 })).toEqual([4, 3]);
      expect(found({ newerThan: sid('EV', 6), limit: 2 })).toEqual([]);
      expect(found({ newerThan: sid('EV', 1), olderThan: sid('EV', 5), from: 3000 })).toEqual([4, 3]);
    });

    it('are not found by an unknown cursor', async () => {
      await commit(eventAt(1));
      expect(found({ olderThan: sid('EV', 9) })).toEqual([]);
      expect(found({ newerThan: sid('EV', 9) })).toEqual([]);
    });

    it('appear exactly once when paging through, with any filter', async () => {
      const types = ['task.created', 'task.updated', 'task.canceled'] as const;
      await commit(
        ...Array.from({ length: 60 }, (_, n) =>
          eventAt(n + 1, { date: Math.floor(n / 7) * 1000, type: types[n % 3] ?? 'task.created' }),
        ),
      );
      const filter = { type: 'task.updated', from: 2000, to: 6000 };
      const pages: number[] = [];
      for (let page = found({ ...filter, limit: 4 }); page.length; ) {
        pages.push(...page);
        page = found({ ...filter, limit: 4, olderThan: sid('EV', page.at(-1) ?? 0) });
      }
      expect(pages).toEqual(found(filter));
      expect(pages).toHaveLength(11);
    });

    it('have an oldest date, and are deleted before a given date', async () => {
      expect(store.oldestEvent()).toBeNull();
      await commit(...[1, 2, 3, 4].map((n) => eventAt(n)));
      expect(store.oldestEvent()).toBe(1000);
      await store.forgetEvents(3000);
      expect((await reopen()).oldestEvent()).toBe(3000);
      expect(found({})).toEqual([4, 3]);
      expect(store.event(sid('EV', 2))).toBeUndefined();
      await store.forgetEvents(1000);
      expect(found({})).toEqual([4, 3]);
      await store.forgetEvents(4001);
      expect(store.oldestEvent()).toBeNull();
      expect(found({})).toEqual([]);
    });

    it('can be added after all were deleted', async () => {
      await commit(eventAt(1));
      await store.forgetEvents(2000);
      await commit(eventAt(2));
      expect(found({})).toEqual([2]);
    });
  });

  it('continues after reopening: new commits are added to the existing ones', async () => {
    await store.commitBatch({ time, changes: [put('tasks', { sequence: 1 })], events: [eventAt(2)] });
    await (await reopen()).commitBatch({
      time,
      changes: [put('tasks', { sid: sid('WT', 2), sequence: 3 })],
      events: [eventAt(4)],
    });
    const { rows, sequence } = (await reopen()).load();
    expect(rows.tasks.map((task) => task.sequence)).toEqual([1, 3]);
    expect(store.events({ workspaceSid: sid('WS', 1), limit: 10 })).toHaveLength(2);
    expect(sequence).toBe(4);
  });

  it('knows the time of the last commit, which is gone after clearing', async () => {
    expect(store.lastTime()).toBeNull();
    await store.commitBatch({ time: 5000, changes: [], events: [eventAt(1)] });
    await store.commitBatch({ time: 6000, changes: [put('tasks')], events: [] });
    expect(store.lastTime()).toBe(6000);
    expect((await reopen()).lastTime()).toBe(6000);
    await store.clear();
    expect((await reopen()).lastTime()).toBeNull();
  });

  it('is empty after clearing, and can be used again', async () => {
    await store.commitBatch({ time, changes: tableNames.map((name) => put(name)), events: [eventAt(9)] });
    await store.clear();
    const empty = kind.create();
    expect((await reopen()).load()).toEqual(empty.load());
    empty.close();
    expect(store.oldestEvent()).toBeNull();
    await store.commitBatch({ time, changes: [put('tasks')], events: [eventAt(9)] });
    expect(store.load().rows.tasks).toHaveLength(1);
    expect(store.event(sid('EV', 9))).toBeDefined();
  });

  it('returns the events after a sequence, oldest first, of all workspaces', async () => {
    const events = [2, 3, 5, 8].map((n) => eventAt(n, { workspaceSid: sid('WS', n) }));
    await store.commitBatch({ time, changes: [], events });
    const after = (sequence: number, limit: number) =>
      store.eventsAfter(sequence, limit).map((event) => event.sequence);
    expect([after(0, 9), after(2, 2), after(4, 1), after(8, 9)]).toEqual([[2, 3, 5, 8], [3, 5], [5], []]);
    await reopen();
    expect(store.eventsAfter(0, 9)).toEqual(events);
  });

  it('replaces everything at once, and continues after it', async () => {
    const changes = [put('tasks', { sid: sid('WT', 7), sequence: 7 }), put('deliveries')];
    await store.commitBatch({ time, changes, events: [eventAt(9)] });
    const rows = Object.fromEntries(tableNames.map((name) => [name, [samples[name]]])) as unknown as Rows;
    const replacement = { rows: { ...rows, deliveries: [] }, sequence: 4, time: 5000, events: [eventAt(2)] };
    await store.replace(replacement);
    await reopen();
    expect(store.load()).toEqual({ rows: replacement.rows, sequence: 4 });
    expect(store.lastTime()).toBe(5000);
    expect(store.eventsAfter(0, 9)).toEqual([eventAt(2)]);
    expect(store.event(sid('EV', 9))).toBeUndefined();
    await store.commitBatch({ time, changes: [], events: [eventAt(5)] });
    expect(store.load().sequence).toBe(5);
  });

  it('refuses all operations once closed, and may be closed twice', async () => {
    await store.commitBatch({ time, changes: [put('tasks')], events: [eventAt(1)] });
    await store.close();
    await store.close();
    await expect(store.commitBatch({ time, changes: [put('workers')], events: [] })).rejects.toThrow(
      StoreFailed,
    );
    expect(() => store.load()).toThrow(StoreFailed);
    expect(() => store.events({ workspaceSid: sid('WS', 1), limit: 1 })).toThrow(StoreFailed);
    expect(() => store.event(sid('EV', 1))).toThrow(StoreFailed);
    expect(() => store.oldestEvent()).toThrow(StoreFailed);
    expect(() => store.lastTime()).toThrow(StoreFailed);
    await expect(store.forgetEvents(1)).rejects.toThrow(StoreFailed);
    await expect(store.clear()).rejects.toThrow(StoreFailed);
    expect(() => store.eventsAfter(0, 1)).toThrow(StoreFailed);
  });
}
