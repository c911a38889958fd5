import { closeSync } from 'node:fs';
import { BoundedOutput, type DroppedNotice } from '../system/bounded-output';
import { separateSink, standardSink } from '../system/sink';

/** The surroundings of a command. Tests run commands with others than the process's own. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** Whether people read standard output as it is written. */
  readonly isInteractive: boolean;
  /** Characters in a line. */
  readonly columns: number;
  exitCode: number;
  /** Writes a result to standard output, or an error message to standard error, completely. */
  write(text: string): void;
  writeError(text: string): void;
  /** Writes a line of the log to standard output or standard error. It is dropped if nobody reads: see BoundedOutput. */
  log(line: string, noticeFor: DroppedNotice): void;
  logError(line: string, noticeFor: DroppedNotice): void;
  /** The lines of the log that were dropped so far. */
  readonly droppedLines: number;
  /** Calls the listener for each SIGINT and SIGTERM. */
  onStop(listener: (signal: NodeJS.Signals) => void): void;
  /** Calls the listener for each signal that asks a program to do something. None of them ends this process. */
  onSignals(listener: (signal: NodeJS.Signals) => void): void;
  /** Keeps writing to standard error without an effect on a program that shares it. */
  shareErrors(): void;
  /** Ends this process by a signal once its output is written, as the program ended that it stands for. */
  endBy(signal: NodeJS.Signals): void;
  /** Calls the listener for each warning of the process, instead of the listener before. */
  onWarning(listener: (warning: Error) => void): void;
}

/** Our choice: how long a stopping command waits until its last lines are read, in ms. */
const lastLinesMs = 1000;

const output = new BoundedOutput(standardSink(process.stdout));
let errors = new BoundedOutput(standardSink(process.stderr));
let handlesSignals = false;
let isTerminalClosed = false;
let lastSignal: NodeJS.Signals | null = null;
/** Those that a program may want; they all end it by default. */
const programSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
let showWarning: (warning: Error) => void = ({ name, message }) => logPlain(`${name}: ${message}`);

/** The terminal of this process. */
export const processTerminal: Terminal = {
  environment: process.env,
  isInteractive: process.stdout.isTTY === true,
  columns: process.stdout.columns ?? 80,
  get exitCode() {
    return Number(process.exitCode ?? 0);
  },
  set exitCode(code) {
    process.exitCode = code;
  },
  write: (text) => output.write(text),
  writeError: (text) => errors.write(text),
  log: (line, noticeFor) => output.log(line, noticeFor),
  logError: (line, noticeFor) => errors.log(line, noticeFor),
  get droppedLines() {
    return output.dropped + errors.dropped;
  },
  onStop(listener) {
    handlesSignals = true;
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
    // The terminal was closed. Our choice: that ends the log and nothing else. Node ignores what nohup set.
    process.on('SIGHUP', () => {
      isTerminalClosed = true;
    });
  },
  onSignals(listener) {
    handlesSignals = true;
    for (const signal of programSignals) process.on(signal, listener);
    process.on('SIGHUP', () => {
      isTerminalClosed = true;
    });
  },
  shareErrors() {
    errors = new BoundedOutput(separateSink(process.stderr));
  },
  endBy(signal) {
    lastSignal = signal;
  },
  onWarning(listener) {
    showWarning = listener;
  },
};

/** The same words for every log. */
export const droppedText = (lines: number): string =>
  `${lines} ${lines === 1 ? 'line' : 'lines'} of the log dropped, because nobody read this output`;

/** A line that a library wrote. */
export function logPlain(line: string): void {
  errors.log(`${line}\n`, (lines) => `${droppedText(lines)}\n`);
}

export function showWarnings(): void {
  // Node has no listener with --no-warnings.
  if (process.listenerCount('warning') === 0) return;
  process.removeAllListeners('warning');
  process.on('warning', (warning) => showWarning(warning));
}

/**
 * Ends the process although nobody reads its last lines. Only for commands that handle signals: nobody could end them. Other
 * commands wait for the reader of their results, such as `less`.
 */
export async function endProcess(): Promise<void> {
  if (!handlesSignals) return;
  const timer = setTimeout(() => process.exit(), lastLinesMs);
  await Promise.all([output.idle(), errors.idle()]);
  clearTimeout(timer);
  if (isTerminalClosed) closeStandardStreams();
  if (lastSignal) endBySignal(lastSignal);
}

/** So that a shell sees how the program ended. Our choice: not by signals that would write a core file of this process. */
function endBySignal(signal: NodeJS.Signals): void {
  if (!['SIGINT', 'SIGTERM', 'SIGHUP'].includes(signal)) return;
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** At its end, Node restores the mode of its terminal, and aborts if it cannot, unless the program closed it. */
function closeStandardStreams(): void {
  for (const descriptor of [0, 1, 2]) {
    try {
      closeSync(descriptor);
    } catch {
      // It was closed before.
    }
  }
}
