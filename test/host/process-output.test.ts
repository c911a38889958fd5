import { PassThrough } from 'node:stream';
import { LineAllowance } from '../../src/host/runtime/line-allowance';
import { logOutput } from '../../src/host/runtime/process-output';
import { type HostLogEntry, maxLineLength, maxMessageLength } from '../../src/host/shared/log';

/** What is logged when a child writes this and ends. */
async function logged(...chunks: readonly (string | Buffer)[]): Promise<HostLogEntry[]> {
  const entries: HostLogEntry[] = [];
  const output = new PassThrough();
  const log = (entry: HostLogEntry) => void entries.push(entry);
  logOutput(output, 'error', log, new LineAllowance(log));
  for (const chunk of chunks) output.write(chunk);
  output.end();
  await new Promise((resolve) => output.once('end', resolve));
  return entries;
}
const messages = async (...chunks: readonly (string | Buffer)[]) =>
  (await logged(...chunks)).map(({ message }) => message);

it('logs each line, however the pipe cuts it', async () => {
  const text = Buffer.from('one\r\n\ntwo €\nlast');
  const bytes = Array.from(text, (_, index) => text.subarray(index, index + 1));
  expect(await messages(...bytes)).toEqual(['one', '', 'two €', 'last']);
  expect(await messages(text)).toEqual(['one', '', 'two €', 'last']);
});

it("takes level and file from the lines of the child's console", async () => {
  const entry = { level: 'info', message: 'hello', file: 'functions/a.js' };
  const lines = [JSON.stringify(entry), '{"level":"loud","message":"x"}', '{ no JSON'];
  expect(await logged(`${lines.join('\n')}\n`)).toEqual([
    entry,
    { level: 'error', message: lines[1] },
    { level: 'error', message: lines[2] },
  ]);
});

it('keeps the beginning of a line without an end', async () => {
  const chunk = 'x'.repeat(60_000);
  const endless = await messages(...Array.from({ length: 20 }, () => chunk), '\nnext\n');
  expect(endless).toEqual(['x'.repeat(maxLineLength), 'next']);
});

it('has room for the longest message of the console, as JSON', async () => {
  const entry = { level: 'info', message: '\u0001'.repeat(maxMessageLength), file: 'functions/a.js' };
  expect(await logged(`${JSON.stringify(entry)}\n`)).toEqual([entry]);
});

it('drops the lines of a flood, and says how many', async () => {
  const flood = await messages(...Array.from({ length: 50 }, () => 'x\n'.repeat(1000)));
  expect(flood.length).toBe(1001);
  expect(flood.at(-1)).toBe('49000 lines dropped, because Functions logged more than 1000 lines in a second');
});

it('lets others have their turn between two parts of a flood', async () => {
  const output = new PassThrough({ highWaterMark: 1e6 });
  let lines = 0;
  const log = () => void lines++;
  logOutput(output, 'info', log, new LineAllowance(log));
  for (let part = 0; part < 10; part++) output.write('x\n'.repeat(50));
  await new Promise((resolve) => process.nextTick(resolve));
  const afterOneTurn = lines;
  output.end();
  await new Promise((resolve) => output.once('end', resolve));
  expect([afterOneTurn < 500, lines]).toEqual([true, 500]);
});

it('allows as many lines again when the second is over', () => {
  const entries: HostLogEntry[] = [];
  const allowance = new LineAllowance((entry) => void entries.push(entry));
  const take = (count: number) => Array.from({ length: count }, () => allowance.take());
  expect(take(1001).filter((isAllowed) => !isAllowed)).toHaveLength(1);
  allowance.end();
  expect(entries).toEqual([{ level: 'warn', message: expect.stringMatching(/^1 line dropped/) }]);
  expect(allowance.droppedLines).toBe(1);
  expect(take(1000)).not.toContain(false);
  allowance.end();
  expect(entries).toHaveLength(1);
});
