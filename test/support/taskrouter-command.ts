import { main } from '../../src/cli/main';
import { RecordingTerminal } from './recording-terminal';
import { type Ended, type Ready, removeFolders, TaskrouterProcess } from './taskrouter-process';

/** The command, run in the process of the test. Like TaskrouterProcess, without its own signals, pipes and memory. */
export class TaskrouterCommand {
  private static readonly running = new Set<TaskrouterCommand>();
  private readonly terminal: RecordingTerminal;
  private readonly done: Promise<void>;

  constructor(args: readonly string[], environment: Record<string, string> = {}) {
    TaskrouterCommand.running.add(this);
    this.terminal = new RecordingTerminal({ ...process.env, NO_COLOR: '1', ...environment });
    this.done = main(args, this.terminal).finally(() => void TaskrouterCommand.running.delete(this));
  }

  /** Resolves with the ready line. @throws Error when the command ends before */
  async ready(): Promise<Ready> {
    const output = await this.written(/\n/);
    return JSON.parse(output.slice(0, output.indexOf('\n'))) as Ready;
  }

  /** Resolves with the output once it matches. @throws Error when the command ends before */
  async written(pattern: RegExp): Promise<string> {
    const { terminal } = this;
    const ended = this.done.then(() => {
      throw new Error(`ended with ${terminal.exitCode}: ${terminal.errors}`);
    });
    ended.catch(() => undefined);
    while (!pattern.test(terminal.output)) {
      const more = new Promise<void>((resolve) => {
        terminal.onOutput = () => resolve();
      });
      await Promise.race([more, ended]);
    }
    return terminal.output;
  }

  async ended(): Promise<Ended> {
    await this.done;
    const { exitCode: code, output, errors } = this.terminal;
    return { code, output, errors };
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.terminal.stop(signal);
    return this.ended();
  }

  static async endAll(): Promise<void> {
    await Promise.all([...TaskrouterCommand.running].map((each) => each.stop()));
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
