import pLimit from 'p-limit';
import { Deferred, within } from '../shared/deferred';
import type { HostLog } from '../shared/log';
import type { HostLimits } from '../shared/options';
import type { Routes } from '../shared/routes';
import { type ChildExit, explainExit } from './child-exit';
import { ChildProcess } from './child-process';
import { LineAllowance } from './line-allowance';
import type { RuntimeConfig } from './runtime-config';

/** A child that is listening, and the routes it was started with. */
export interface Runtime {
  readonly routes: Routes;
  readonly child: ChildProcess;
}

/** Our choice: a child that lives no longer than this counts as one more failure in a row. In ms. */
const minHealthyMs = 5_000;
/** Our choice: the longest pause before a restart, short enough for a callback to wait through. In ms. */
const maxPauseMs = 2_000;

/**
 * Keeps one child running: starts it, replaces it on request, and restarts it when it ends by itself. The restarts are
 * hand-written: p-retry counts the attempts of one call, and here failures add up over children that came up and ended.
 */
export class Supervisor {
  readonly #limits: HostLimits;
  readonly #log: HostLog;
  readonly #allowance: LineAllowance;
  readonly #children = new Set<ChildProcess>();
  readonly #oneAtATime = pLimit(1);
  #runtime: Runtime | undefined;
  #nextRuntime = new Deferred<Runtime>();
  #failures = 0;
  #closed = false;

  constructor(limits: HostLimits, log: HostLog) {
    this.#limits = limits;
    this.#log = log;
    this.#allowance = new LineAllowance(log);
  }

  /** The lines of the Functions' log that were dropped so far. */
  get droppedLines(): number {
    return this.#allowance.droppedLines;
  }

  /** The present runtime, or the next one; undefined when none comes up within `waitMs`. */
  async ready(): Promise<Runtime | undefined> {
    return this.#runtime ?? (await within(this.#limits.waitMs, this.#nextRuntime.promise));
  }

  /**
   * Starts a child with this configuration, and lets the previous one finish its requests.
   * @throws Error when the child does not come up; the previous one, if any, then stays
   */
  start(config: RuntimeConfig): Promise<void> {
    return this.#oneAtATime(() => this.#startChild(config));
  }

  /** Ends all children, even while they run Functions. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#endAll();
    await this.#oneAtATime(async () => {});
    await this.#endAll();
  }

  async #startChild(config: RuntimeConfig): Promise<void> {
    if (this.#closed) return;
    const child = new ChildProcess(config.program, config.settings, this.#limits, this.#log, this.#allowance);
    this.#children.add(child);
    void child.exited.then(() => this.#children.delete(child));
    await child.listening;
    const previous = this.#runtime;
    this.#runtime = { routes: config.routes, child };
    this.#nextRuntime.resolve(this.#runtime);
    const since = performance.now();
    void child.exited.then((exit) => this.#replace(child, config, exit, performance.now() - since));
    void previous?.child.retire();
  }

  /** Restarts after a child that ended by itself, not after one that was retired. */
  #replace(child: ChildProcess, config: RuntimeConfig, exit: ChildExit, livedMs: number): void {
    if (this.#closed || this.#runtime?.child !== child) return;
    this.#runtime = undefined;
    this.#nextRuntime = new Deferred();
    this.#log({ level: 'error', message: `${explainExit(exit)}; restarting` });
    // An exit that a request caused does not repeat by itself, and the next request should not wait for a pause.
    const isHealthy = livedMs > minHealthyMs || exit.suspects.length > 0;
    this.#failures = isHealthy ? 0 : this.#failures + 1;
    this.#restart(config);
  }

  /** The pauses grow, so that a runtime that keeps failing does not keep the processor busy. */
  #restart(config: RuntimeConfig): void {
    const pauseMs = this.#failures < 2 ? 0 : Math.min(100 * 2 ** (this.#failures - 2), maxPauseMs);
    setTimeout(() => {
      const attempt = this.#oneAtATime(async () => {
        if (!this.#runtime) await this.#startChild(config);
      });
      attempt.catch((error: Error) => {
        if (this.#closed) return;
        this.#log({ level: 'error', message: error.message });
        this.#failures += 1;
        this.#restart(config);
      });
    }, pauseMs).unref();
  }

  async #endAll(): Promise<void> {
    await Promise.all([...this.#children].map((child) => child.end()));
  }
}
