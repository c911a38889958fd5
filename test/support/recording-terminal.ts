import type { Terminal } from '../../src/cli/terminal';

/** Records what a command writes, and sends it signals. */
export class RecordingTerminal implements Terminal {
  readonly isInteractive = false;
  readonly columns = 80;
  exitCode = 0;
  output = '';
  errors = '';
  /** Both, in the order of writing. */
  text = '';
  /** Called with each text on standard output. */
  onOutput: (text: string) => void = () => undefined;
  readonly droppedLines = 0;
  endedBy: NodeJS.Signals | null = null;
  private stopListener: ((signal: NodeJS.Signals) => void) | undefined;

  constructor(readonly environment: NodeJS.ProcessEnv) {}

  write(text: string): void {
    this.output += text;
    this.text += text;
    this.onOutput(text);
  }

  writeError(text: string): void {
    this.errors += text;
    this.text += text;
  }

  log(line: string): void {
    this.write(line);
  }

  logError(line: string): void {
    this.writeError(line);
  }

  onWarning(): void {}

  onSignals(listener: (signal: NodeJS.Signals) => void): void {
    this.stopListener = listener;
  }

  shareErrors(): void {}

  endBy(signal: NodeJS.Signals): void {
    this.endedBy = signal;
  }

  onStop(listener: (signal: NodeJS.Signals) => void): void {
    this.stopListener = listener;
  }

  stop(signal: NodeJS.Signals): void {
    this.stopListener?.(signal);
  }
}
