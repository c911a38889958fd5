import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HostLog, HostLogEntry } from '../shared/log';

const levels: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies HostLogEntry['level'][];

/** Passes on what the child writes; `otherwise` is the level of lines that did not come through its console. */
export function logOutput(output: Readable | null, otherwise: HostLogEntry['level'], log: HostLog): void {
  if (!output) return;
  createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    log(consoleEntry(line) ?? { level: otherwise, message: line });
  });
}

/** The entry that nameConsoleLines wrote; undefined for any other line. */
function consoleEntry(line: string): HostLogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry: Partial<HostLogEntry> = JSON.parse(line);
    const known = typeof entry.message === 'string' && levels.includes(entry.level ?? '');
    return known ? (entry as HostLogEntry) : undefined;
  } catch {
    return undefined;
  }
}
