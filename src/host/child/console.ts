import { writeSync } from 'node:fs';
import { format } from 'node:util';
import type { HostLogEntry } from '../shared/log';
import { invocations } from './invocation';

const levels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;

/**
 * Makes the console write one line of JSON per call to standard output, with the name of the Function. Written
 * synchronously: nothing is lost when the process ends right after, and a Function that writes without end is
 * slowed down by its reader instead of filling the memory.
 */
export function nameConsoleLines(): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, HostLogEntry['level']][]) {
    console[method] = (...values: unknown[]) => {
      const file = invocations.getStore()?.file;
      const entry: HostLogEntry = { level, message: format(...values), ...(file ? { file } : {}) };
      writeWhole(`${JSON.stringify(entry)}\n`);
    };
  }
}

const nap = new Int32Array(new SharedArrayBuffer(4));

/** process.stdout would keep what the pipe does not take at once, and lose it at process.exit. */
function writeWhole(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // The pipe is full, and not a blocking one since the Function has used process.stdout itself.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(nap, 0, 0, 2);
    }
  }
}
