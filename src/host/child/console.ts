import { writeSync } from 'node:fs';
import { format } from 'node:util';
import { type HostLogEntry, maxMessageLength } from '../shared/log';
import { invocations } from './invocation';

const levels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;

/**
 * Makes the console write each message as one line of JSON to standard output, with the name of the Function. It writes
 * synchronously: nothing is lost when the process ends right after, and a Function that writes endlessly is slowed down
 * by its reader instead of filling the memory.
 */
export function captureConsole(): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, HostLogEntry['level']][]) {
    console[method] = (...values: unknown[]) => {
      const file = invocations.getStore()?.file;
      const entry: HostLogEntry = { level, message: shortened(format(...values)), ...(file ? { file } : {}) };
      writeWhole(`${JSON.stringify(entry)}\n`);
    };
  }
}

const shortened = (message: string) =>
  message.length > maxMessageLength ? `${message.slice(0, maxMessageLength - 1)}…` : message;

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Hand-written: process.stdout buffers what the pipe does not accept at once, and loses it at process.exit. */
function writeWhole(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // The pipe is full. It is non-blocking once the Function has used process.stdout itself.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(pause, 0, 0, 2);
    }
  }
}
