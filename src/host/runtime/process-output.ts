import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { type HostLog, type HostLogEntry, maxLineLength } from '../shared/log';
import type { LineAllowance } from './line-allowance';

const levels: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies HostLogEntry['level'][];

/**
 * Logs each line that the child writes; lines that did not come from its console get `defaultLevel`. A Function may write
 * faster than anybody can log, and without any line feed: what is beyond the allowance is read and dropped, because a child
 * that waits for its reader would look stalled. Hand-written: node:readline keeps a line of any length.
 */
export function logOutput(
  output: Readable | null,
  defaultLevel: HostLogEntry['level'],
  log: HostLog,
  allowance: LineAllowance,
): void {
  if (!output) return;
  const lines = new LineSplitter((line) => {
    if (allowance.take()) log(consoleEntry(line) ?? { level: defaultLevel, message: line });
  });
  output.on('data', (chunk: Buffer) => {
    lines.add(chunk);
    // One chunk in each turn of the event loop, so that others get theirs.
    output.pause();
    setImmediate(() => output.resume());
  });
  output.on('end', () => {
    lines.end();
    allowance.end();
  });
}

/** Splits text into lines, and shortens those that are longer than any line of the child's console. */
class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  constructor(private readonly onLine: (line: string) => void) {}

  add(chunk: Buffer): void {
    const [first = '', ...others] = this.decoder.write(chunk).split('\n');
    this.extend(first);
    for (const other of others) {
      this.finish();
      this.extend(other);
    }
  }

  end(): void {
    if (this.rest !== '') this.finish();
  }

  private extend(text: string): void {
    this.rest += text.slice(0, Math.max(0, maxLineLength - this.rest.length));
  }

  private finish(): void {
    const line = this.rest.replace(/\r$/, '');
    this.rest = '';
    this.onLine(line);
  }
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
