import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Random } from '../simulation/random';
import { twilioErrors } from './error-formats';
import { exchange } from './exchange';
import { account, FuzzedService, secrets } from './fuzzed-service';
import { type Fault, faultIn } from './oracles';
import { RandomCases } from './random-cases';
import { bytesOf, type FuzzCase, isValid, replayOf } from './request';
import { smallest } from './smaller-cases';

export interface FuzzOptions {
  readonly seed: number;
  readonly cases: number;
  readonly onProgress?: (cases: number) => void;
  /** Called with each service before its first request: a test breaks it there. */
  readonly onStart?: (service: FuzzedService) => void;
}

export interface FuzzResult {
  readonly cases: number;
  /** The number of responses by status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** The longest that the event loop was blocked, in milliseconds. */
  readonly maxDelayMs: number;
  readonly finding: (Fault & { readonly replay: string }) | null;
}

/** A service lives for so many cases. Its seed is that of the run plus its number, so that each can be replayed alone. */
const casesPerService = 1000;
/** How long a response may take, in milliseconds. */
const maxMs = 10_000;

/** Sends random requests to services, until the first fault. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const statuses: Record<number, number> = {};
  let cases = 0;
  let finding: FuzzResult['finding'] = null;
  for (let service = 0; cases < options.cases && !finding; service += 1) {
    const size = Math.min(casesPerService, options.cases - cases);
    const done = cases;
    const run = new ServiceRun(options.seed + service, statuses, options.onStart);
    finding = await run.cases(size, (count) => {
      cases = done + count;
      options.onProgress?.(cases);
    });
  }
  delay.disable();
  return { cases, statuses, maxDelayMs: Math.round(delay.max / 1e6), finding };
}

/** The cases that one service gets. */
class ServiceRun {
  private readonly random: Random;

  constructor(
    private readonly seed: number,
    private readonly statuses: Record<number, number>,
    private readonly onStart: (service: FuzzedService) => void = () => undefined,
  ) {
    this.random = new Random(seed);
  }

  async cases(count: number, onCase: (count: number) => void): Promise<FuzzResult['finding']> {
    const fuzzed = await FuzzedService.start(this.seed);
    this.onStart(fuzzed);
    try {
      const { sid, authToken } = { sid: account.accountSid, authToken: account.authToken };
      const cases = new RandomCases(fuzzed.service.taskRouter.view, { sid, authToken }, this.random);
      for (let number = 1; number <= count; number += 1) {
        const found = await this.one(fuzzed, cases.next());
        onCase(number);
        if (found) return { ...found, replay: `${found.replay}\n${this.again(number)}` };
      }
      return await this.contradiction(fuzzed, count);
    } finally {
      await fuzzed.close();
    }
  }

  private async one(fuzzed: FuzzedService, fuzzCase: FuzzCase): Promise<FuzzResult['finding']> {
    if (this.random.once(15)) await fuzzed.clock.advance(this.random.integer(1, 120) * 1000);
    const fault = await this.attempt(fuzzed, fuzzCase);
    if (!fault) return null;
    const small = await smallest(
      fuzzCase,
      async (smaller) => (await this.attempt(fuzzed, smaller))?.rule === fault.rule,
    );
    return { ...fault, replay: replayOf(small, fuzzed.service.url) };
  }

  private async attempt(fuzzed: FuzzedService, fuzzCase: FuzzCase): Promise<Fault | null> {
    const before = fuzzed.state();
    const methods = fuzzCase.requests.map(({ method }) => method);
    const isValidHttp = isValid(fuzzCase);
    const bytes = bytesOf(fuzzCase, `127.0.0.1:${fuzzed.port}`);
    const started = process.cpuUsage();
    const { responses, isStuck } = await exchange(fuzzed.port, bytes, methods, maxMs, isValidHttp);
    await fuzzed.service.idle();
    const { user } = process.cpuUsage(started);
    for (const { status } of responses) this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    return faultIn({
      responses,
      methods,
      isValidHttp,
      isStuck,
      processorMs: user / 1000,
      log: fuzzed.takeLog(),
      hasChanged: !isSame(before, fuzzed.state()),
      format: twilioErrors,
      secrets,
    });
  }

  private async contradiction(fuzzed: FuzzedService, count: number): Promise<FuzzResult['finding']> {
    try {
      await fuzzed.checkInvariants();
      return null;
    } catch (error) {
      const { message } = error as Error;
      return { rule: 'a contradiction in the state', detail: message, replay: this.again(count) };
    }
  }

  private again(cases: number): string {
    return `npm run fuzz -- --seed ${this.seed} --cases ${cases}`;
  }
}

function isSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((each, at) => each === after[at]);
}
