import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HostLog, HostLogEntry } from '../shared/log';

const levels: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies HostLogEntry['level'][];

/** Logs each line that the child writes; lines that did not come from its console get `defaultLevel`. */
export function logOutput(output: Readable | null, defaultLevel: HostLogEntry['level'], log: HostLog): void {
  if (!output) return;
  createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    log(consoleEntry(line) ?? { level: defaultLevel, message: line });
  });
}

/** The entry that the child's console wrote (child/console.ts); undefined for any other line. */
function consoleEntry(line: string): HostLogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry: Partial<HostLogEntry> = JSON.parse(line);
    const isEntry = typeof entry.message === 'string' && levels.includes(entry.level ?? '');
    return isEntry ? (entry as HostLogEntry) : undefined;
  } catch {
    return undefined;
  }
}
