import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ignoredBytes } from '../../src/taskrouter/store/log-tail';
import { openInProcess } from './in-process-writer';
import { eventAt, time } from './samples';
import { temporaryDirectories } from './temporary-directory';

const newDirectory = temporaryDirectories();

/** A copy of a data directory in use, with so many commits in its log. */
async function inUse(commits: number): Promise<{ directory: string; log: string; sizes: readonly number[] }> {
  const original = newDirectory();
  const store = openInProcess(original);
  const sizes: number[] = [];
  for (let sequence = 1; sequence <= commits; sequence += 1) {
    await store.commitBatch({ time, changes: [], events: [eventAt(sequence)] });
    sizes.push(statSync(join(original, 'taskrouter.db-wal')).size);
  }
  const directory = newDirectory();
  for (const name of ['taskrouter.db', 'taskrouter.db-wal'])
    copyFileSync(join(original, name), join(directory, name));
  await store.close();
  return { directory, log: join(directory, 'taskrouter.db-wal'), sizes };
}

async function reopened(directory: string): Promise<{ events: number; notices: readonly string[] }> {
  const notices: string[] = [];
  const store = openInProcess(directory, { notify: (message) => notices.push(message) });
  const { sequence } = store.load();
  await store.close();
  return { events: sequence, notices };
}

it('says nothing about a complete log', async () => {
  const { directory, log } = await inUse(3);
  expect(ignoredBytes(log)).toBe(0);
  expect(await reopened(directory)).toEqual({ events: 3, notices: [] });
});

it('says nothing without a log, about an empty one, and about one with a header alone', async () => {
  const { log } = await inUse(1);
  expect(ignoredBytes(`${log}-missing`)).toBe(0);
  for (const size of [32, 0]) {
    truncateSync(log, size);
    expect(ignoredBytes(log)).toBe(0);
  }
});

it.each([1, 10, 24, 1000, 4000])('reports a log that is cut %d bytes before its end', async (cut) => {
  const { directory, log, sizes } = await inUse(3);
  const [, second = 0, third = 0] = sizes;
  truncateSync(log, third - cut);
  const { events, notices } = await reopened(directory);
  expect(events).toBe(2);
  expect(notices).toEqual([
    expect.stringContaining(
      `The last ${third - cut - second} bytes of the log ${log} were incomplete and were ignored.`,
    ),
  ]);
});

it('reports everything after a damaged frame', async () => {
  const { directory, log, sizes } = await inUse(3);
  const bytes = readFileSync(log);
  const [first = 0, , third = 0] = sizes;
  bytes[first + 100] = (bytes[first + 100] ?? 0) ^ 1;
  writeFileSync(log, bytes);
  expect(ignoredBytes(log)).toBe(third - first);
  expect((await reopened(directory)).events).toBe(1);
});

it('reports the whole log when its header is damaged', async () => {
  const { log } = await inUse(2);
  const bytes = readFileSync(log);
  bytes[9] = 1;
  writeFileSync(log, bytes);
  expect(ignoredBytes(log)).toBe(bytes.length);
});

it('does not count what is left of an earlier generation of the log', async () => {
  const { log } = await inUse(2);
  appendFileSync(log, Buffer.alloc(4120, 7));
  expect(ignoredBytes(log)).toBe(0);
});

describe('a data directory that others can open', () => {
  const noticesOf = async (directory: string) => (await reopened(directory)).notices;

  it('is reported with the command that closes it', async () => {
    const directory = newDirectory();
    await reopened(directory);
    expect(await noticesOf(directory)).toEqual([]);
    chmodSync(directory, 0o755);
    expect(await noticesOf(directory)).toEqual([
      `Other users of this computer can open ${directory}. It holds credentials and data of callers. To keep them out, run: chmod -R go-rwx '${directory}'`,
    ]);
    chmodSync(directory, 0o700);
    chmodSync(join(directory, 'taskrouter.db'), 0o640);
    expect(await noticesOf(directory)).toEqual([
      expect.stringContaining(`can open ${directory}/taskrouter.db.`),
    ]);
  });
});
