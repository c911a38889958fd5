import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { Writable } from 'node:stream';
import { BoundedOutput, type Sink } from '../../src/system/bounded-output';
import { makeNonBlocking, standardSink } from '../../src/system/sink';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';

afterAll(removeFolders);

/** An output that completes a write only on demand. */
class StuckSink implements Sink {
  failsForGood = true;
  readonly texts: string[] = [];
  private done: ((error?: Error) => void) | undefined;

  write(bytes: Buffer, done: (error?: Error) => void): void {
    this.texts.push(bytes.toString());
    this.done = done;
  }

  /** Finishes the write in progress. */
  take(error?: Error): void {
    const { done } = this;
    this.done = undefined;
    done?.(error);
  }

  takeAll(): void {
    while (this.done) this.take();
  }

  get text(): string {
    return this.texts.join('');
  }
}

const notice = (lines: number) => `${lines} dropped\n`;

function stuckOutput(maxBytes?: number) {
  const sink = new StuckSink();
  const output = new BoundedOutput(sink, maxBytes);
  return { sink, output, log: (line: string) => output.log(line, notice) };
}

it('writes one piece at a time, whole lines of at most 4,096 bytes', () => {
  const { sink, log } = stuckOutput();
  const lines = Array.from({ length: 100 }, (_, index) => `${String(index).padStart(99)}\n`);
  for (const line of lines) log(line);
  expect(sink.texts).toEqual([lines[0]]);
  sink.takeAll();
  expect(sink.text).toBe(lines.join(''));
  expect(sink.texts.every((text) => text.endsWith('\n') && text.length <= 4096)).toBe(true);
  expect(sink.texts.length).toBeLessThan(5);
});

it('writes a line that is longer in pieces, without a change', () => {
  const { sink, log } = stuckOutput();
  const long = `${'ä€😀'.repeat(3000)}\n`;
  log(long);
  log('next\n');
  sink.takeAll();
  expect(sink.texts.length).toBeGreaterThan(6);
  expect(sink.texts.at(-1)).toContain('next');
});

it('drops and counts the lines that do not fit, and says so in one line when they do again', () => {
  const { sink, output, log } = stuckOutput(100);
  log('first\n');
  for (let index = 0; index < 50; index++) log(`line ${String(index).padStart(2)}..\n`);
  expect(output.dropped).toBe(40);
  sink.takeAll();
  expect(sink.text).toMatch(/^first\n(line {2}\d\.\.\n){10}40 dropped\n$/);
  log('after\n');
  sink.takeAll();
  expect(sink.text).toMatch(/ 9\.\.\n40 dropped\nafter\n$/);
  expect(output.dropped).toBe(40);
});

it('keeps the memory bounded while nobody reads', () => {
  const { sink, output, log } = stuckOutput();
  for (let index = 0; index < 50_000; index++) log(`${'x'.repeat(99)}\n`);
  sink.takeAll();
  expect(sink.text.length).toBeLessThan(1_048_576 + 200);
  expect(output.dropped).toBe(50_000 - (sink.text.length - notice(output.dropped).length) / 100);
});

it('never drops the result of a command, and writes it at once', () => {
  const { sink, output, log } = stuckOutput(10);
  for (const line of ['written\n', 'waiting\n', 'dropped\n']) log(line);
  const result = `${'x'.repeat(100_000)}\n`;
  output.write(result);
  sink.takeAll();
  expect(sink.texts).toEqual(['written\n', 'waiting\n', result, '1 dropped\n']);
  expect(output.dropped).toBe(1);
});

it('drops and counts everything once the reader has gone', async () => {
  const { sink, output, log } = stuckOutput();
  for (const line of ['a\n', 'b\n', 'c\n']) log(line);
  sink.take(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  log('d\n');
  output.write('result\n');
  expect(sink.texts).toEqual(['a\n']);
  expect(output.dropped).toBe(4);
  await output.idle();
});

it('goes on when a full disk has space again', () => {
  const { sink, output, log } = stuckOutput();
  sink.failsForGood = false;
  const full = () => sink.take(new Error('ENOSPC'));
  log('a\n');
  full();
  // The notice fails, too, and is tried again.
  log('b\n');
  full();
  sink.take();
  log('c\n');
  sink.takeAll();
  expect(sink.texts).toEqual(['a\n', '1 dropped\n', 'b\n', '1 dropped\n', 'c\n']);
  expect(output.dropped).toBe(1);
});

it('is idle when everything is written', async () => {
  const { sink, output, log } = stuckOutput();
  await output.idle();
  log('a\n');
  log('b\n');
  let isIdle = false;
  const idle = output.idle().then(() => {
    isIdle = true;
  });
  sink.take();
  await Promise.resolve();
  expect(isIdle).toBe(false);
  sink.take();
  await idle;
});

it('writes to a file at once', () => {
  const file = path.join(temporaryFolder(), 'log');
  const descriptor = openSync(file, 'w');
  const output = new BoundedOutput(standardSink(Object.assign(new Writable(), { fd: descriptor })));
  output.log('a line\n', notice);
  closeSync(descriptor);
  expect(readFileSync(file, 'utf8')).toBe('a line\n');
});

it('does not wait for a pipe that nobody reads, although a child process has made it blocking', async () => {
  // The pipe is a child's standard input, which that child never reads.
  const reader = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const pipe = reader.stdin as Socket;
  const output = new BoundedOutput(standardSink(pipe as never), 10_000);
  const blocking = (isBlocking: boolean) =>
    (pipe as never as { _handle: { setBlocking(is: boolean): void } })._handle.setBlocking(isBlocking);
  for (let index = 0; index < 6000; index++) {
    blocking(true);
    output.log(`${'x'.repeat(99)}\n`, notice);
    if (index % 20 === 0) await new Promise(setImmediate);
  }
  expect(output.dropped).toBeGreaterThan(1000);
  makeNonBlocking(pipe);
  reader.kill();
  await once(reader, 'exit');
});
