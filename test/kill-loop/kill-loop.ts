import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Random } from '../simulation/random';
import { contradictions } from '../support/contradictions';
import {
  databaseFile,
  logFile,
  readStoredState,
  type StoredEvent,
  type StoredState,
} from '../support/stored-state';
import { lostEvents, overdue, unannounced, unsent } from './checks';
import { Client } from './clients';
import { Ledger } from './ledger';
import { Receiver } from './receiver';
import { ServiceRuns } from './service-runs';
import { tearLog } from './tear-log';
import { reservationTimeoutSeconds } from './workspace-file';

export interface KillLoopOptions {
  readonly seed: number;
  readonly kills: number;
  readonly onProgress?: (kills: number) => void;
  /** Called while the service is down, with its database: a test damages it. */
  readonly whileDown?: (file: string) => void;
}

export interface KillLoopResult {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged writes that torn logs took along. */
  readonly torn: number;
  readonly callbacks: number;
  readonly repeated: number;
  /** Of each start, in milliseconds. */
  readonly readyMs: readonly number[];
  /** What is wrong after the last kill, one line each. */
  readonly faults: readonly string[];
}

/** How the service ends, and how often. */
const endings = { kill: 10, killDuringStart: 3, downtime: 2, tornLog: 3, stop: 2 } as const;

const clientCount = 12;
const maxLoadMs = 1500;
const maxReadyMs = 30_000;
const maxStopMs = 5000;
/** How long callbacks of the run before may take, in milliseconds. */
const maxCallbackMs = 10_000;

/** Kills a service under load and starts it again, until something is lost or half-written. */
export async function killLoop(options: KillLoopOptions): Promise<KillLoopResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-kill-loop-'));
  const loop = new KillLoop(options, folder);
  try {
    return await loop.run();
  } finally {
    await loop.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class KillLoop {
  private readonly random: Random;
  private readonly receiver: Receiver;
  private readonly ledger = new Ledger();
  private readonly faults: string[] = [];
  private readonly clients: readonly Client[];
  private readonly runs: ServiceRuns;
  private readonly dataDirectory: string;
  private events: readonly StoredEvent[] = [];
  private kills = 0;
  private torn = 0;

  constructor(
    private readonly options: KillLoopOptions,
    folder: string,
  ) {
    const { seed } = options;
    this.random = new Random(seed);
    this.receiver = new Receiver(new Random(seed, 1));
    this.runs = new ServiceRuns(folder);
    this.dataDirectory = this.runs.dataDirectory;
    const shared = {
      ledger: this.ledger,
      offers: this.receiver.offers,
      onFault: (fault: string) => this.faults.push(fault),
    };
    this.clients = Array.from(
      { length: clientCount },
      (_, at) => new Client(`Client ${at}`, new Random(seed, 2, at), shared),
    );
  }

  async run(): Promise<KillLoopResult> {
    this.runs.functionsUrl = await this.receiver.start();
    await this.start();
    while (this.kills < this.options.kills && this.faults.length === 0) {
      await this.once(this.kills === 0 ? 'kill' : this.random.weighted(endings));
      this.options.onProgress?.(this.kills);
    }
    const { received, repeated } = this.receiver;
    return {
      kills: this.kills,
      acknowledged: this.ledger.acknowledged,
      torn: this.torn,
      callbacks: received,
      repeated,
      readyMs: this.runs.readyMs,
      faults: this.faults.map((fault) => `after kill ${this.kills}: ${fault}`),
    };
  }

  async close(): Promise<void> {
    this.receiver.close();
    await this.runs.end('SIGKILL');
  }

  private async once(ending: keyof typeof endings): Promise<void> {
    await this.load(ending === 'stop' ? 'SIGTERM' : 'SIGKILL');
    this.options.whileDown?.(databaseFile(this.dataDirectory));
    let stored = this.check(readStoredState(this.dataDirectory));
    if (this.faults.length > 0) return;
    const isTorn =
      ending === 'tornLog' && tearLog(logFile(this.dataDirectory), this.random.integer(0, 99) / 100);
    if (isTorn) stored = this.rollBack();
    if (ending === 'killDuringStart') {
      await this.runs.killDuringStart(this.random.integer(0, 100) / 80);
      this.kills += 1;
      stored = this.check(readStoredState(this.dataDirectory));
    }
    if (ending === 'downtime') await wait((reservationTimeoutSeconds + 0.2) * 1000);
    await this.start();
    if (isTorn && !this.runs.log.includes('incomplete'))
      this.faults.push(`nothing is said about the torn log: ${this.runs.log}`);
    await this.checkCallbacks(stored);
  }

  private async start(): Promise<void> {
    this.receiver.run += 1;
    this.receiver.offers.splice(0);
    const startedAt = Date.now();
    const readyMs = await this.runs.start();
    if (readyMs > maxReadyMs) this.faults.push(`ready after ${readyMs} ms`);
    this.faults.push(...overdue(this.check(await this.runs.frozen(readStoredState)), startedAt));
  }

  /** Lets all clients work for a random time, and ends the service meanwhile. */
  private async load(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { ready } = this.runs;
    const running = this.clients.map((client) => client.run(ready));
    await this.untilBusy();
    const asked = performance.now();
    const { code, errors } = await this.runs.end(signal);
    const tookMs = Math.round(performance.now() - asked);
    for (const client of this.clients) client.stop();
    await Promise.all(running);
    this.kills += 1;
    if (signal === 'SIGKILL') return;
    if (code !== 0) this.faults.push(`SIGTERM ended the service with ${code}: ${errors.slice(-2000)}`);
    if (tookMs > maxStopMs) this.faults.push(`SIGTERM took ${tookMs} ms`);
  }

  /** Until some writes are acknowledged, but not for long: the machine may be slow. */
  private async untilBusy(): Promise<void> {
    const { ledger } = this;
    const before = ledger.acknowledged;
    const enough = before + this.random.integer(1, 300);
    const started = performance.now();
    const isPatient = () =>
      performance.now() - started < (ledger.acknowledged === before ? maxReadyMs : maxLoadMs);
    while (ledger.acknowledged < enough && isPatient()) await wait(1);
    await wait(this.random.integer(0, 20));
  }

  private check(state: StoredState): StoredState {
    const lost = [...lostEvents(this.events, state.events, false), ...this.ledger.lost(state)];
    this.faults.push(...lost.map((what) => `lost: ${what}`), ...contradictions(state));
    this.events = state.events;
    return state;
  }

  /** Of a torn log, what is before the tear must be there, and nothing of what is behind it. */
  private rollBack(): StoredState {
    const state = readStoredState(this.dataDirectory);
    this.torn += this.ledger.rollBack(state);
    for (const client of this.clients) client.forget();
    const lost = lostEvents(this.events, state.events, true);
    this.faults.push(...lost.map((what) => `lost before the tear: ${what}`), ...contradictions(state));
    this.events = state.events;
    return state;
  }

  /** Waits until everything in the outbox was sent again, and checks that nothing was forgotten. */
  private async checkCallbacks(before: StoredState): Promise<void> {
    const deadline = Date.now() + maxCallbackMs;
    for (;;) {
      const state = await this.runs.frozen(readStoredState);
      const faults = [...unsent(before, state, this.receiver), ...unannounced(state, this.receiver)];
      if (faults.length > 0 && Date.now() < deadline) {
        await wait(50);
        continue;
      }
      this.faults.push(...faults.map((fault) => `not sent again: ${fault}`));
      const several = this.receiver.withSeveralTokens();
      this.faults.push(...several.map((sid) => `several idempotency tokens for ${sid}`));
      return;
    }
  }
}
