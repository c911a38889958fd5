import { join } from 'node:path';
import { eventQuery, indexedFields, oldestEventQuery } from '../../src/taskrouter/store/event-query';
import { migrations } from '../../src/taskrouter/store/migrations';
import { migrate } from '../../src/taskrouter/store/schema';
import { SqliteStore } from '../../src/taskrouter/store/sqlite';
import { connect, openDatabase, unavailable } from '../../src/taskrouter/store/sqlite-database';
import { type EventQuery, type Store, StoreFailed } from '../../src/taskrouter/store/store';
import { behavesAsStore } from './behaviour';
import { inProcessWriter, openInProcess } from './in-process-writer';
import { attributesOf, eventAt, put, samples, sid, time } from './samples';
import { temporaryDirectories } from './temporary-directory';

const newDirectory = temporaryDirectories();

function newDatabase() {
  const file = join(newDirectory(), 'taskrouter.db');
  const database = openDatabase(file);
  migrate(database, file, migrations);
  return { file, database };
}

it('upgrades rows of earlier releases: JSON texts lose their white space (F3)', () => {
  const file = join(newDirectory(), 'taskrouter.db');
  const database = openDatabase(file);
  migrate(database, file, migrations.slice(0, 3));
  const text = '{ "b": 1.0,\n "a": [ "x  y" , 12345678901234567890 ] }';
  const insert = (table: 'tasks' | 'workers' | 'workflowVersions', written: object) => {
    const body = JSON.stringify({ ...samples[table], ...written });
    database.prepare(`INSERT INTO ${table} VALUES (?, 1, ?)`).run(samples[table].sid, body);
  };
  insert('tasks', { attributes: text });
  insert('workers', { attributes: text });
  insert('workflowVersions', { configuration: text });
  migrate(database, file, migrations);
  const { rows } = new SqliteStore({ database, file, newWriter: inProcessWriter }).load();
  const compact = '{"b":1.0,"a":["x  y",12345678901234567890]}';
  expect([rows.tasks[0]?.attributes.text, rows.workers[0]?.attributes.text]).toEqual([compact, compact]);
  expect(rows.workflowVersions[0]?.configuration).toBe(compact);
  database.close();
});

it('reads the events of earlier releases, whose JSON repeats the columns', () => {
  const file = join(newDirectory(), 'taskrouter.db');
  const database = openDatabase(file);
  migrate(database, file, migrations.slice(0, 4));
  const { sequence, workspaceSid, type, date, ...rest } = eventAt(7);
  const body = JSON.stringify(eventAt(7));
  database
    .prepare('INSERT INTO events (sequence, sid, workspace_sid, type, date, body) VALUES (?, ?, ?, ?, ?, ?)')
    .run(sequence, rest.sid, workspaceSid, type, date, body);
  migrate(database, file, migrations);
  const store = new SqliteStore({ database, file, newWriter: inProcessWriter });
  expect(store.events({ workspaceSid, limit: 10 })).toStrictEqual([eventAt(7)]);
  database.close();
});

describe('the SQLite store', () => {
  const directories = new Map<Store, string>();
  const openIn = (directory: string) => {
    const store = openInProcess(directory);
    directories.set(store, directory);
    return store;
  };
  behavesAsStore({
    create: () => openIn(join(newDirectory(), 'data')),
    reopen: async (store) => {
      await store.close();
      return openIn(directories.get(store) as string);
    },
  });

  it('throws StoreFailed on a full disk, and stores nothing of that commit', async () => {
    const { file, database } = newDatabase();
    const writing = connect(file);
    const newWriter = () => inProcessWriter(file, writing);
    const store = new SqliteStore({ database, file, newWriter });
    await store.commitBatch({ time, changes: [put('tasks')], events: [eventAt(1)] });
    const [{ page_count: pages }] = writing.prepare('PRAGMA page_count').all() as [{ page_count: number }];
    writing.exec(`PRAGMA max_page_count = ${pages + 10}`);
    const attributes = attributesOf(JSON.stringify({ text: 'x'.repeat(100_000) }));
    const large = {
      time,
      changes: [put('tasks', { version: 1 }), put('workers', { attributes })],
      events: [eventAt(2)],
    };
    await expect(store.commitBatch(large)).rejects.toThrow(StoreFailed);
    await expect(store.commitBatch({ time, changes: [], events: [eventAt(3)] })).rejects.toThrow(
      `The disk is full: ${file} cannot be written. Everything acknowledged is stored. Free space and start again.`,
    );
    await store.close();
    const again = new SqliteStore({ database: openDatabase(file), file, newWriter: inProcessWriter });
    expect(again.load()).toMatchObject({ rows: { tasks: [{ version: 0 }], workers: [] }, sequence: 1 });
    expect(again.event(sid('EV', 2))).toBeUndefined();
    await again.close();
  });

  it('reports a full disk as full when it is opened, and an I/O error as what it is', () => {
    const { file, database } = newDatabase();
    database.close();
    for (const code of ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])
      expect(unavailable(Object.assign(new Error('no'), { code }), file)).toMatchObject({
        reason: 'unusable',
        message: expect.stringMatching(/^The disk is full: .*Free space and start again\.$/),
      });
    const failure = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });
    expect(unavailable(failure, file).message).toContain('disk I/O error');
  });

  it('reports a full disk as full when a migration fills it', () => {
    const file = join(newDirectory(), 'taskrouter.db');
    const database = openDatabase(file);
    database.exec('PRAGMA max_page_count = 3');
    expect(() => migrate(database, file, migrations)).toThrow(/full/);
    database.close();
  });

  it('syncs every commit to the disk', () => {
    const { file, database } = newDatabase();
    const writing = connect(file);
    expect(writing.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(writing.pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    writing.close();
    database.close();
  });

  it('uses an index for every query of events, without sorting', () => {
    const { database } = newDatabase();
    const base: EventQuery = { workspaceSid: sid('WS', 1), limit: 50 };
    const here = { date: 1, sequence: 1 };
    const queries: EventQuery[] = [
      base,
      { ...base, from: 1, to: 2 },
      { ...base, type: 'task.created', from: 1 },
      ...indexedFields.map(({ field }) => ({ ...base, fields: { [field]: 'x' }, from: 1 })),
      {
        ...base,
        fields: Object.fromEntries(indexedFields.map(({ field }) => [field, 'x'])),
        type: 'task.created',
      },
    ];
    for (const query of queries) {
      for (const cursors of [{}, { olderThan: here }, { newerThan: here }]) {
        const { text, values } = eventQuery(query, cursors);
        const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[];
        expect(plan.map(({ detail }) => detail)).toEqual([
          expect.stringMatching(/^SEARCH events USING INDEX/),
        ]);
      }
    }
    database.close();
  });

  it('finds the oldest event without reading the others', () => {
    const { database } = newDatabase();
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${oldestEventQuery}`).all() as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual(['SCAN events']);
    database.close();
  });
});
