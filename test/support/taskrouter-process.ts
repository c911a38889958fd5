import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import twilio from 'twilio';

/** The nearest folder with a package: a bundle is not where its source is. */
export const projectRoot = folderWithPackage(__dirname);

function folderWithPackage(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : folderWithPackage(path.dirname(folder));
}

/** A command that is built or installed, and the folder in which it runs. */
interface Program {
  readonly script: string;
  readonly cwd: string;
}

const built: Program = { script: path.join(projectRoot, 'dist', 'cli', 'taskrouter.js'), cwd: projectRoot };

/** The ready line. */
export interface Ready {
  readonly event: 'ready';
  readonly functionsUrl: string | null;
  readonly taskrouterUrl: string;
  readonly eventBridgeUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  readonly operator: { readonly username: string; readonly password: string };
  readonly workspaceSid: string;
  readonly workflowSid: string;
  readonly workers: Readonly<Record<string, string>>;
  readonly taskQueues: Readonly<Record<string, string>>;
  readonly activities: Readonly<Record<string, string>>;
}

/** The official client's way into the workspace of a run. */
export function workspaceOf({ accountSid, authToken, taskrouterUrl, workspaceSid }: Ready) {
  const client = twilio(accountSid, authToken);
  client.taskrouter.baseUrl = taskrouterUrl;
  return client.taskrouter.v1.workspaces(workspaceSid);
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The built command, run as a process of its own; everything started here is ended by `endAll`. */
export class TaskrouterProcess {
  private static readonly running = new Set<TaskrouterProcess>();
  readonly child: ChildProcess;
  private output = '';
  private errors = '';
  private readonly closed: Promise<void>;

  constructor(args: readonly string[], environment: Record<string, string> = {}, { script, cwd } = built) {
    const env = { ...process.env, NO_COLOR: '1', ...environment };
    this.child = spawn(process.execPath, [script, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk) => {
      this.output += chunk;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.errors += chunk;
    });
    TaskrouterProcess.running.add(this);
    this.closed = once(this.child, 'close').then(() => void TaskrouterProcess.running.delete(this));
  }

  /** Resolves with the ready line. @throws Error when the process ends before */
  async ready(): Promise<Ready> {
    for (;;) {
      const end = this.output.indexOf('\n');
      if (end >= 0) return JSON.parse(this.output.slice(0, end)) as Ready;
      const { exitCode, signalCode } = this.child;
      if (exitCode !== null || signalCode !== null)
        throw new Error(`ended with ${exitCode ?? signalCode}: ${this.errors}`);
      await Promise.race([once(this.child.stdout as NodeJS.ReadableStream, 'data'), this.closed]);
    }
  }

  /** Resolves with the match once standard output matches. @throws Error when the process ends before */
  written(pattern: RegExp): Promise<RegExpExecArray> {
    return this.match(pattern, this.child.stdout, () => this.output);
  }

  /** Resolves with the match once standard error matches. @throws Error when the process ends before */
  logged(pattern: RegExp): Promise<RegExpExecArray> {
    return this.match(pattern, this.child.stderr, () => this.errors);
  }

  private async match(
    pattern: RegExp,
    stream: Readable | null,
    text: () => string,
  ): Promise<RegExpExecArray> {
    const ended = this.closed.then(() => {
      throw new Error(`ended without ${pattern}: ${this.errors}`);
    });
    ended.catch(() => undefined);
    for (;;) {
      const found = pattern.exec(text());
      if (found) return found;
      await Promise.race([once(stream as Readable, 'data'), ended]);
    }
  }

  /** What it has written to standard error so far. */
  get log(): string {
    return this.errors;
  }

  async ended(): Promise<Ended> {
    await this.closed;
    return { code: this.child.exitCode, output: this.output, errors: this.errors };
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended();
  }

  static async endAll(): Promise<void> {
    await Promise.all([...TaskrouterProcess.running].map((each) => each.stop('SIGKILL')));
  }
}

const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-test-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export const emptyEnvironmentFile = path.join(projectRoot, 'test', 'support', 'empty.env');

/** Flags for a run that disturbs nobody and that nobody's `.env` disturbs. */
export const anywhere = ['--port', '0', '--taskrouter-port', '0', '--json', '--env', emptyEnvironmentFile];
