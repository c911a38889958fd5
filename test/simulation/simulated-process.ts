import type { Clock } from '../../src/system/clock';
import { Engine } from '../../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../../src/taskrouter/model/commands';
import type { SidSource } from '../../src/taskrouter/model/sids';
import { type Commit, TaskRouter } from '../../src/taskrouter/taskrouter';
import { CallBook } from '../../src/taskrouter/voice/calls/call-book';
import { Conferences } from '../../src/taskrouter/voice/conference/conferences';
import { PhoneCalls } from '../../src/taskrouter/voice/workers/phone-calls';
import { SimulatedVoice } from '../../src/taskrouter/voice/workers/simulated-voice';
import { Deliveries } from '../../src/taskrouter/webhooks/deliveries';
import type { SimulatedStore } from './simulated-disk';
import type { SimulatedNetwork } from './simulated-network';
import type { ProcessTimers } from './simulated-time';

export const simulatedAccount = { sid: `AC${'5'.repeat(32)}`, authToken: '5'.repeat(32) } as const;

/** Small, so that receivers that hang fill the outbox. */
export const simulatedOutbox = { maxCount: 100, maxAgeMs: 600_000 } as const;

interface ProcessParts {
  readonly clock: Clock;
  readonly timers: ProcessTimers;
  readonly store: SimulatedStore;
  readonly network: SimulatedNetwork;
  readonly newSid: SidSource;
  readonly onCommit: (commit: Commit) => void;
  /** Called for errors that no part of the service may have, such as a callback that could not be settled. */
  readonly onError: (error: unknown) => void;
}

/** One run of the service, from its start to its end: the engine, its store, callbacks, and phone calls. */
export class SimulatedProcess {
  readonly engine: Engine;
  readonly taskRouter: TaskRouter;
  private readonly deliveries: Deliveries;
  private readonly phoneCalls: PhoneCalls;
  /** The store has failed, so the process has to stop. */
  hasFailed = false;
  hasEnded = false;

  constructor(private readonly parts: ProcessParts) {
    const { clock, timers, store, network, newSid, onError } = parts;
    this.engine = new Engine({ accountSid: simulatedAccount.sid, newSid, eventOutbox: simulatedOutbox });
    this.taskRouter = new TaskRouter(this.engine, store, clock, () => {
      this.hasFailed = true;
    });
    this.phoneCalls = new PhoneCalls({
      taskRouter: this.taskRouter,
      voice: new SimulatedVoice(clock, { outcome: 'answered', after: 3, talk: 20 }),
      calls: new CallBook(clock),
      conferences: new Conferences(newSid, clock),
      onError,
    });
    this.deliveries = new Deliveries({
      taskRouter: this.taskRouter,
      accountSid: simulatedAccount.sid,
      authToken: simulatedAccount.authToken,
      log: { add: () => undefined },
      clock,
      transport: network,
      timer: timers,
      onError,
    });
  }

  /** @throws StoreFailed */
  async start(): Promise<void> {
    await this.taskRouter.start();
    this.taskRouter.onCommit(this.parts.onCommit);
    await this.phoneCalls.start();
    await this.deliveries.start();
  }

  get network(): SimulatedNetwork {
    return this.parts.network;
  }

  /** Whether the disk keeps the process waiting. */
  get isWriting(): boolean {
    return this.parts.store.isWriting;
  }

  readonly reportError = (error: unknown): void => this.parts.onError(error);

  execute<C extends Command>(command: C): Promise<ResultOf<C>> {
    return this.taskRouter.execute(command);
  }

  /** As after a signal: requests in progress are aborted, and what is decided is written. */
  async stop(): Promise<void> {
    await this.deliveries.stop(0);
    await this.phoneCalls.stop();
    await this.taskRouter.stop();
    this.kill();
  }

  /** As after SIGKILL: nothing of it happens any more. */
  kill(): void {
    this.hasEnded = true;
    this.parts.store.end();
    this.parts.timers.end();
  }
}
