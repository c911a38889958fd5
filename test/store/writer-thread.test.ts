import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import Database from 'libsql';
import { type TableName, tableNames } from '../../src/taskrouter/model/entities';
import { openDataDirectory } from '../../src/taskrouter/store/data-directory';
import type { SqliteStore } from '../../src/taskrouter/store/sqlite';
import { StoreFailed } from '../../src/taskrouter/store/store';
import { clearWrites } from '../../src/taskrouter/store/write-batch';
import { WriterThread } from '../../src/taskrouter/store/writer';
import { attributesOf, eventAt, put, samples, sid, time } from './samples';
import { temporaryDirectories } from './temporary-directory';

const newDirectory = temporaryDirectories();
const base = { workspaceSid: sid('WS', 1), limit: 10 };

let directory: string;
let file: string;
let store: SqliteStore;

beforeEach(() => {
  directory = newDirectory();
  file = join(directory, 'taskrouter.db');
  store = openDataDirectory(directory);
});
afterEach(() => store.close());

const commit = (sequence: number) =>
  store.commitBatch({ time, changes: [put('tasks', { version: sequence })], events: [eventAt(sequence)] });

/** Whether a promise has settled after several turns of the event loop. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

/** Keeps the thread waiting for the file until the returned function is called. */
function holdWrites(): () => void {
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

it('writes every kind of row, and events, exactly as they are', async () => {
  const odd = eventAt(2, { fields: { TaskAttributes: '{"a":"\\u0000"}', Odd: '\ud800 \0 🎧 é' } });
  await store.commitBatch({ time, changes: tableNames.map((name: TableName) => put(name)), events: [odd] });
  const { rows } = store.load();
  for (const name of tableNames) expect(rows[name]).toStrictEqual([samples[name]]);
  expect(store.events(base)).toHaveLength(1);
});

it('leaves the event loop free while a commit waits, and reads what was written before', async () => {
  await commit(1);
  const release = holdWrites();
  const waiting = commit(2);
  expect(await isSettled(waiting)).toBe(false);
  expect(store.events(base)).toHaveLength(1);
  release();
  await waiting;
  expect(store.events(base)).toHaveLength(2);
});

it('carries out writes in the order of the calls', async () => {
  const finished: string[] = [];
  const calls = [commit(1), commit(2), store.clear(), commit(3), store.forgetEvents(1)];
  await Promise.all(calls.map((call, index) => call.then(() => finished.push(String(index)))));
  expect(finished).toEqual(['0', '1', '2', '3', '4']);
  expect(store.load()).toMatchObject({ rows: { tasks: [{ version: 3 }] }, sequence: 3 });
  expect(store.events(base).map(({ sequence }) => sequence)).toEqual([3]);
});

it('is waited for when the store is closed', async () => {
  const release = holdWrites();
  const waiting = commit(1);
  const closed = store.close();
  expect(await isSettled(closed)).toBe(false);
  await expect(commit(2)).rejects.toThrow(StoreFailed);
  release();
  await Promise.all([waiting, closed]);
  store = openDataDirectory(directory);
  expect(store.load().sequence).toBe(1);
});

it('can be closed before it has started', async () => {
  await store.close();
  store = openDataDirectory(directory);
});

it('reports why a write failed, also to those that wait behind it', async () => {
  await commit(1);
  const calls = [commit(1), commit(2), store.clear()];
  for (const { status, reason } of (await Promise.allSettled(calls)) as PromiseRejectedResult[]) {
    expect(status).toBe('rejected');
    expect(reason).toBeInstanceOf(StoreFailed);
    expect(reason.message).toMatch(/taskrouter\.db failed: UNIQUE constraint failed/);
  }
  expect(store.load()).toMatchObject({ rows: { tasks: [{ version: 1 }] }, sequence: 1 });
});

it('fails every write once it has ended by an error', async () => {
  const thread = new WriterThread(join(directory, 'missing', 'taskrouter.db'));
  for (const write of [thread.write(clearWrites()), thread.write(clearWrites())])
    await expect(write).rejects.toThrow(/unable to open/i);
  await expect(thread.write(clearWrites())).rejects.toThrow(/unable to open/i);
  await thread.close();
});

it('fails every write once it has been ended', async () => {
  const thread = new WriterThread(file);
  await thread.close();
  await expect(thread.write(clearWrites())).rejects.toThrow('the thread that writes it has ended');
});

describe('the log', () => {
  const attributes = attributesOf(JSON.stringify({ text: 'x'.repeat(400_000) }));
  const write = (from: number, count: number) =>
    store.commitBatch({
      time,
      changes: Array.from({ length: count }, (_, index) =>
        put('tasks', { sid: sid('WT', from + index), sequence: from + index, attributes }),
      ),
      events: [],
    });
  const size = () => statSync(`${file}-wal`).size;

  it('stays short, however much is written and read', async () => {
    for (let sequence = 1; sequence <= 60; sequence++) {
      await write(sequence, 1);
      store.events(base);
    }
    // SQLite copies the log into the database every 1,000 pages of 4 KiB.
    expect(size()).toBeLessThan(2 * 1000 * 4096);
  });

  it('is cut after a large commit', async () => {
    await write(1, 60);
    expect(size()).toBeGreaterThan(24_000_000);
    await write(61, 1);
    expect(size()).toBe(16 * 1024 * 1024);
  });
});

it('lets a thread end by itself: ended while it opens the file, libsql would abort the process', async () => {
  const writer = new WriterThread(file);
  const { thread } = writer as unknown as { readonly thread: Worker };
  const exited = once(thread, 'exit');
  await once(thread, 'online');
  await writer.close();
  // 1 if it was terminated.
  expect(await exited).toEqual([0]);
});
