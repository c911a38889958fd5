/** The surroundings of a command. Tests run commands with others than the process's own. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** Whether people read standard output as it is written. */
  readonly isInteractive: boolean;
  /** Characters in a line. */
  readonly columns: number;
  exitCode: number;
  write(text: string): void;
  writeError(text: string): void;
  /** Calls the listener for each request to stop: a signal, or null when nobody reads standard output any longer. */
  onStop(listener: (signal: NodeJS.Signals | null) => void): void;
}

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
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  onStop(listener) {
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
    process.stdout.on('error', () => listener(null));
  },
};

/**
 * Lets a command finish when the reader of its output has gone, as in `taskrouter start | head`: without a listener,
 * EPIPE would end the process with a stack.
 */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
