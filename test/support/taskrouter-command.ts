import { main } from '../../src/cli/main';
import type { Terminal } from '../../src/cli/terminal';
import { type Ended, type Ready, removeFolders, TaskrouterProcess } from './taskrouter-process';

/** The command, run in the process of the test. Like TaskrouterProcess, without its own signals, pipes and memory. */
export class TaskrouterCommand {
  private static readonly running = new Set<TaskrouterCommand>();
  private output = '';
  private errors = '';
  private code = 0;
  private stopListener: ((signal: NodeJS.Signals) => void) | undefined;
  private outputListener: () => void = () => undefined;
  private readonly done: Promise<void>;

  constructor(args: readonly string[], environment: Record<string, string> = {}) {
    TaskrouterCommand.running.add(this);
    this.done = main(args, this.terminal({ ...process.env, NO_COLOR: '1', ...environment })).finally(
      () => void TaskrouterCommand.running.delete(this),
    );
  }

  /** Resolves with the ready line. @throws Error when the command ends before */
  async ready(): Promise<Ready> {
    const line = new Promise<void>((resolve) => {
      this.outputListener = resolve;
    });
    if (this.output === '') await Promise.race([line, this.done]);
    if (this.output === '') throw new Error(`ended with ${this.code}: ${this.errors}`);
    return JSON.parse(this.output.slice(0, this.output.indexOf('\n'))) as Ready;
  }

  /** Resolves with the output once it matches. @throws Error when the command ends before */
  async written(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.output)) {
      const more = new Promise<void>((resolve) => {
        this.outputListener = resolve;
      });
      const ended = this.done.then(() => {
        throw new Error(`ended with ${this.code}: ${this.errors}`);
      });
      await Promise.race([more, ended]);
    }
    return this.output;
  }

  async ended(): Promise<Ended> {
    await this.done;
    return { code: this.code, output: this.output, errors: this.errors };
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.stopListener?.(signal);
    return this.ended();
  }

  static async endAll(): Promise<void> {
    await Promise.all([...TaskrouterCommand.running].map((each) => each.stop()));
  }

  private terminal(environment: NodeJS.ProcessEnv): Terminal {
    const command = this;
    const write = (text: string) => {
      command.output += text;
      command.outputListener();
    };
    const writeError = (text: string) => {
      command.errors += text;
    };
    return {
      environment,
      isInteractive: false,
      columns: 80,
      get exitCode() {
        return command.code;
      },
      set exitCode(code) {
        command.code = code;
      },
      write,
      writeError,
      log: write,
      logError: writeError,
      droppedLines: 0,
      onWarning: () => undefined,
      onStop(listener) {
        command.stopListener = listener;
      },
    };
  }
}

/** Ends what each test of the file started, and removes the temporary folders. */
export function endCommandsAfterEach(timeoutMs = 60_000): void {
  jest.setTimeout(timeoutMs);
  afterEach(endCommands);
  afterAll(removeFolders);
}

/** The same, for a file whose tests share what they start. */
export function endCommandsAfterAll(timeoutMs = 120_000): void {
  jest.setTimeout(timeoutMs);
  afterAll(async () => {
    await endCommands();
    removeFolders();
  });
}

async function endCommands(): Promise<void> {
  await TaskrouterCommand.endAll();
  await TaskrouterProcess.endAll();
}
