import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import type { Terminal } from '../terminal';

/** How a program ended. */
export interface ProgramEnd {
  /** As a shell reports it: of a program that a signal ended, 128 and the number of the signal. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
}

/** The exit codes with which a shell says that it did not start a program. */
const notExecutable = 126;
const notFound = 127;

/** Sent by the keyboard to all programs in the foreground, so passing them on would repeat them. */
const keyboardSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/** A program that uses the standard streams of this process, and gets its signals. */
export class Program {
  /** Resolves when it has ended. */
  readonly ended: Promise<ProgramEnd>;
  readonly #child: ChildProcess;

  constructor(
    [command = '', ...args]: readonly string[],
    environment: NodeJS.ProcessEnv,
    terminal: Terminal,
  ) {
    this.#child = spawn(command, args, { stdio: 'inherit', env: environment });
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(endOf(code, signal)));
      this.#child.once('error', (error: NodeJS.ErrnoException) => {
        terminal.writeError(`${startFailure(command, error)}\n`);
        resolve({ code: error.code === 'ENOENT' ? notFound : notExecutable, signal: null });
      });
    });
  }

  /** Passes a signal on that this process got. */
  pass(signal: NodeJS.Signals): void {
    const hasKeyboard = [0, 1, 2].some((descriptor) => isatty(descriptor));
    if (hasKeyboard && keyboardSignals.includes(signal)) return;
    this.#child.kill(signal);
  }
}

function endOf(code: number | null, signal: NodeJS.Signals | null): ProgramEnd {
  return { code: signal ? 128 + constants.signals[signal] : (code ?? 1), signal };
}

function startFailure(command: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `taskrouter: ${command}: command not found`;
  return `taskrouter: ${command}: ${code === 'EACCES' ? 'permission denied' : message}`;
}
