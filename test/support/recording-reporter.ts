import { createColors } from 'picocolors';
import type { Reporter } from '../../src/cli/reporter';

/** What a command reports. */
interface Recorded {
  /** For people. */
  readonly lines: string[];
  /** The lines that `--json` prints. */
  readonly reports: object[];
  /** Warnings and errors. */
  readonly logged: unknown[];
}

export function recordingReporter(): Reporter & Recorded {
  const recorded: Recorded = { lines: [], reports: [], logged: [] };
  const log = (entry: unknown) => void recorded.logged.push(entry);
  return {
    ...recorded,
    colors: createColors(false),
    hostLog: log,
    apiLog: { warn: (_details, message) => log(message), error: (_details, message) => log(message) },
    report: (line) => void recorded.lines.push(line),
    say: (line) => void recorded.lines.push(line),
    machine: (value) => void recorded.reports.push(value),
  };
}
