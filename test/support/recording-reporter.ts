import { createColors } from 'picocolors';
import type { Reporter } from '../../src/cli/reporter';

/** Records what a command writes to standard output, with --json the lines for machines, and to `logged` its log. */
export function recordingReporter(lines: string[], json: boolean, logged: unknown[] = []): Reporter {
  const record = (entry: unknown) => void logged.push(entry);
  return {
    colours: createColors(false),
    hostLog: record,
    apiLog: { warn: (_details, message) => record(message), error: (_details, message) => record(message) },
    report: (line) => void lines.push(line),
    say: (line) => void lines.push(line),
    machine: (value) => void (json && lines.push(JSON.stringify(value))),
  };
}
