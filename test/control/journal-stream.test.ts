import { setImmediate as nextTurn } from 'node:timers/promises';
import { JournalStream } from '../../src/taskrouter/control/journal-stream';
import { Journal } from '../../src/taskrouter/inspector/journal';
import { record } from '../support/callback-record';

/** A reader that only reads on demand. */
class Reader {
  readonly sent: string[] = [];
  isOpen = true;
  private release: () => void = () => undefined;

  send(event: string, data: object, id?: string): void {
    this.sent.push(event === 'begin' ? `begin ${(data as { resumed: boolean }).resumed}` : (id ?? event));
  }
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.release = resolve;
    });
  }
  /** Reads everything, and returns it. */
  async take(): Promise<string[]> {
    // A turn to send the batch, and one to notice that there is more.
    await nextTurn();
    await nextTurn();
    this.release();
    await nextTurn();
    await nextTurn();
    return this.sent.splice(0);
  }
}

const follow = (journal: Journal, reader: Reader, lastId?: string) =>
  new JournalStream(reader, { journal, query: {}, types: ['callback'], run: 'run', now: () => 0 }, lastId);
const add = (journal: Journal, count: number) => {
  for (let index = 0; index < count; index += 1) journal.callbacks.add(record());
};
const ids = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `run-${first + index}`);

it('sends entries to a slow reader in batches, and none twice', async () => {
  const journal = new Journal([]);
  const reader = new Reader();
  add(journal, 250);
  const stream = follow(journal, reader);
  expect(await reader.take()).toEqual(['begin false', ...ids(1, 200)]);
  expect(await reader.take()).toEqual(ids(201, 250));
  stream.stop();
});

it("continues after the reader's last entry", async () => {
  const journal = new Journal([]);
  const reader = new Reader();
  add(journal, 5);
  follow(journal, reader, 'run-3');
  expect(await reader.take()).toEqual(['begin true', 'run-4', 'run-5']);
});

it('restarts for a reader who is so far behind that entries were dropped', async () => {
  const journal = new Journal([]);
  const reader = new Reader();
  follow(journal, reader);
  add(journal, 10);
  await nextTurn();
  await nextTurn();
  expect(reader.sent.splice(0)).toEqual(['begin false', ...ids(1, 10)]);
  // While the reader still takes these, more comes in than is kept.
  add(journal, 1500);
  expect(await reader.take()).toEqual(['begin false', ...ids(511, 610)]);
});

it('does not restart for entries dropped before the reader came', async () => {
  const journal = new Journal([]);
  const reader = new Reader();
  add(journal, 1500);
  follow(journal, reader);
  expect((await reader.take()).filter((line) => line.startsWith('begin'))).toEqual(['begin false']);
  expect((await reader.take()).filter((line) => line.startsWith('begin'))).toEqual([]);
});

it('sends nothing more once the reader has disconnected', async () => {
  const journal = new Journal([]);
  const reader = new Reader();
  const stream = follow(journal, reader);
  await reader.take();
  stream.stop();
  add(journal, 3);
  expect(await reader.take()).toEqual([]);
});
