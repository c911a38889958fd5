import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { median } from '../../bench/rounds';
import type { StoredState } from '../support/stored-state';
import { anywhere, type Ended, type Ready, TaskrouterProcess } from '../support/taskrouter-process';
import { writeWorkspaceFile } from './workspace-file';

/** One run after another of `taskrouter serve` on the same data directory. */
export class ServiceRuns {
  readonly dataDirectory: string;
  functionsUrl = '';
  /** How long each start took, in milliseconds. */
  readonly readyMs: number[] = [];
  private readonly workspaceFile: string;
  private process: TaskrouterProcess | null = null;
  private latest: Ready | null = null;

  constructor(folder: string) {
    this.dataDirectory = path.join(folder, 'data');
    this.workspaceFile = path.join(folder, 'workspace.json');
    writeWorkspaceFile(this.workspaceFile);
  }

  /** The ready line of the present run. */
  get ready(): Ready {
    if (!this.latest) throw new Error('The service has not started.');
    return this.latest;
  }

  /** What the present run has written to standard error. */
  get log(): string {
    return this.process?.log ?? '';
  }

  /** @returns how long it took, in milliseconds @throws Error if the service does not start */
  async start(): Promise<number> {
    const started = performance.now();
    this.process = this.spawn();
    this.latest = await this.process.ready();
    const took = Math.round(performance.now() - started);
    this.readyMs.push(took);
    return took;
  }

  /** @param share of the time that a start takes */
  async killDuringStart(share: number): Promise<void> {
    const process = this.spawn();
    await wait(share * median(this.readyMs));
    await process.stop('SIGKILL');
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ended> {
    const process = this.process;
    this.process = null;
    if (!process) return { code: 0, output: '', errors: '' };
    return process.stop(signal);
  }

  /** Reads while the service stands still, so that nothing is written meanwhile. */
  async frozen(read: (dataDirectory: string) => StoredState): Promise<StoredState> {
    this.process?.child.kill('SIGSTOP');
    try {
      return read(this.dataDirectory);
    } finally {
      this.process?.child.kill('SIGCONT');
    }
  }

  private spawn(): TaskrouterProcess {
    const { dataDirectory, workspaceFile, functionsUrl } = this;
    const files = ['--data', dataDirectory, '--workspace', workspaceFile];
    return new TaskrouterProcess(['serve', ...anywhere, ...files, '--functions-url', functionsUrl]);
  }
}
