import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type FunctionsHost,
  type FunctionsHostOptions,
  type HostLogEntry,
  startFunctionsHost,
} from '../../src/host/functions-host';
import { functionsChild } from '../support/functions-child';
import { operator } from '../support/operator';

export const authToken = 'f00dfacef00dfacef00dfacef00dface';

// A runtime starts in a third of a second on an idle machine, and in several on one that runs all tests at once.
jest.setTimeout(30_000);

/** A project of its own on disk, with what a test puts into it, and the host that serves it. */
export class Project {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'taskrouter-lifecycle-host-')));
  readonly log: HostLogEntry[] = [];
  readonly #hosts: FunctionsHost[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(files: Readonly<Record<string, string>>) {
    symlinkSync(path.join(__dirname, '../../node_modules'), path.join(this.root, 'node_modules'));
    for (const [file, contents] of Object.entries(files)) this.write(file, contents);
  }

  write(file: string, contents: string): void {
    const target = path.join(this.root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }

  delete(file: string): void {
    rmSync(path.join(this.root, file));
  }

  async start(options: Partial<FunctionsHostOptions> = {}): Promise<FunctionsHost> {
    const host = await startFunctionsHost({ ...this.options, ...options });
    this.#hosts.push(host);
    return host;
  }

  get options(): FunctionsHostOptions {
    return {
      projectRoot: this.root,
      sourceFolder: 'functions',
      functionsFolder: 'dist/functions',
      assetsFolder: 'dist/assets',
      port: 0,
      host: '127.0.0.1',
      environment: { ACCOUNT_SID: `AC${'0'.repeat(32)}`, AUTH_TOKEN: authToken },
      authToken,
      operator,
      log: (entry) => this.#write(entry),
      watch: false,
      childScript: functionsChild,
    };
  }

  get logged(): string {
    return this.log.map(({ message, file }) => `${file ?? '-'} ${message}`).join('\n');
  }

  /** Waits until the log has an entry that matches. */
  async untilLogged(pattern: RegExp): Promise<HostLogEntry> {
    for (;;) {
      const entry = this.log.find(({ message }) => pattern.test(message));
      if (entry) return entry;
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  async remove(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.close()));
    rmSync(this.root, { recursive: true, force: true });
  }

  #write(entry: HostLogEntry): void {
    this.log.push(entry);
    for (const wake of this.#watchers) wake();
    this.#watchers.clear();
  }
}

/** A project and its host, for all tests of a block. */
interface Served {
  readonly project: Project;
  readonly host: FunctionsHost;
}

/** Serves these files before the tests of the block, and removes everything after them. */
export function serveProject(
  files: Readonly<Record<string, string>>,
  options: Partial<FunctionsHostOptions> = {},
): Served {
  let served: Served;
  beforeAll(async () => {
    const project = new Project(files);
    served = { project, host: await project.start(options) };
  });
  afterAll(() => served.project.remove());
  return {
    get project() {
      return served.project;
    },
    get host() {
      return served.host;
    },
  };
}
