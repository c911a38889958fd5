import { Deferred, within } from '../shared/deferred';
import type { HostLog } from '../shared/log';
import type { HostLimits } from '../shared/options';
import type { Routes } from '../shared/routes';
import { type ChildExit, explainExit } from './child-exit';
import { ChildProcess } from './child-process';
import type { RuntimeConfig } from './runtime-config';

/** A child that answers, and the routes it was started with. */
export interface Runtime {
  readonly routes: Routes;
  readonly child: ChildProcess;
}

/** Our choice: a child that ends before this counts as one more failure in a row. In ms. */
const soundMs = 5_000;
/** Our choice: the longest pause before the next start, short enough for a callback to wait through. In ms. */
const longestPauseMs = 2_000;

/** Keeps one child running: starts it, replaces it on demand, starts another when it ends by itself. */
export class Supervisor {
  #runtime: Runtime | undefined;
  #arrival = new Deferred<Runtime>();
  #turn: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #closed = false;
  readonly #children = new Set<ChildProcess>();

  constructor(
    private readonly limits: HostLimits,
    private readonly log: HostLog,
  ) {}

  /** The present runtime, or the next one; undefined when none comes within `waitMs`. */
  async ready(): Promise<Runtime | undefined> {
    return this.#runtime ?? (await within(this.limits.waitMs, this.#arrival.promise));
  }

  /**
   * Starts a child with this generation and lets the one before finish what it has.
   * @throws Error when the child does not come up; the present one, if any, then stays
   */
  start(generation: RuntimeConfig): Promise<void> {
    return this.#inTurn(() => this.#bringUp(generation));
  }

  /** Ends all children, whatever they are doing. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#endAll();
    await this.#turn;
    await this.#endAll();
  }

  async #bringUp(generation: RuntimeConfig): Promise<void> {
    if (this.#closed) return;
    const child = new ChildProcess(generation.program, generation.settings, this.limits, this.log);
    this.#children.add(child);
    void child.exited.then(() => this.#children.delete(child));
    await child.listening;
    const previous = this.#runtime;
    this.#runtime = { routes: generation.routes, child };
    this.#arrival.resolve(this.#runtime);
    const since = performance.now();
    void child.exited.then((ending) => this.#replace(child, generation, ending, performance.now() - since));
    void previous?.child.retire();
  }

  /** After a child that ended by itself; one that was retired is not missed. */
  #replace(child: ChildProcess, generation: RuntimeConfig, ending: ChildExit, livedMs: number): void {
    if (this.#closed || this.#runtime?.child !== child) return;
    this.#runtime = undefined;
    this.#arrival = new Deferred();
    this.log({ level: 'error', message: `${explainExit(ending)}; starting another` });
    // An end that a request caused does not repeat by itself, and who asks next should not have to wait for it.
    const sound = livedMs > soundMs || ending.suspects.length > 0;
    this.#failures = sound ? 0 : this.#failures + 1;
    this.#startAgain(generation);
  }

  /** Pauses grow, so that a runtime that cannot live does not keep the processor busy. */
  #startAgain(generation: RuntimeConfig): void {
    const pause = this.#failures < 2 ? 0 : Math.min(100 * 2 ** (this.#failures - 2), longestPauseMs);
    setTimeout(() => {
      const attempt = this.#inTurn(async () => {
        if (!this.#runtime) await this.#bringUp(generation);
      });
      attempt.catch((error: Error) => {
        if (this.#closed) return;
        this.log({ level: 'error', message: error.message });
        this.#failures += 1;
        this.#startAgain(generation);
      });
    }, pause).unref();
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(task);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #endAll(): Promise<void> {
    await Promise.all([...this.#children].map((child) => child.end()));
  }
}
