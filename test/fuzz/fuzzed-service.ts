import { seededSids } from '../../src/system/ids';
import { VirtualClock } from '../../src/system/virtual-clock';
import { Engine } from '../../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../../src/taskrouter/model/commands';
import { type TableName, tableNames } from '../../src/taskrouter/model/entities';
import { startTaskRouterService, type TaskRouterService } from '../../src/taskrouter/start';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import type { CallbackResponder } from '../../src/taskrouter/webhooks/in-process-transport';
import { EngineInvariants } from '../engine/engine-invariants';
import { Random } from '../simulation/random';
import { engineText } from '../support/engine-snapshot';

export const account = {
  accountSid: `AC${'f'.repeat(32)}`,
  authToken: 'the-auth-token-of-the-fuzzed-service',
  apiKey: { sid: `SK${'f'.repeat(32)}`, secret: 'the-secret-of-the-api-key' },
};
const operatorPassword = 'the-password-of-the-operator';

/** What no response and no log may contain. */
export const secrets = [
  account.authToken,
  account.apiKey.secret,
  operatorPassword,
  Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64'),
];

const startsAt = Date.parse('2026-01-31T12:00:00Z');
const origin = 'http://functions.example';

/** A service that listens, under a virtual clock, with callbacks that never leave the process. */
export class FuzzedService {
  /** What the service logged since this was last read. */
  private lines: string[] = [];
  private errors: string[] = [];

  private constructor(
    readonly service: TaskRouterService,
    readonly clock: VirtualClock,
    private readonly store: MemoryStore,
  ) {}

  /** The same service for the same seed. */
  static async start(seed: number): Promise<FuzzedService> {
    const random = new Random(seed, 1);
    const store = new MemoryStore();
    const clock: VirtualClock = new VirtualClock(startsAt, () => service.idle());
    const service: TaskRouterService = await startTaskRouterService({
      ...account,
      newSid: seededSids(String(seed)),
      clock,
      store,
      host: '127.0.0.1',
      port: 0,
      log: {
        warn: (details, message) => fuzzed.lines.push(`${message} ${JSON.stringify(details)}`),
        error: (details, message) => fuzzed.errors.push(describe(details, message)),
      },
      respond: () => randomResponse(random),
      secrets: [operatorPassword],
      onFailure: (failure) => fuzzed.errors.push(describe({ error: failure }, 'The store failed')),
    });
    const fuzzed = new FuzzedService(service, clock, store);
    await fuzzed.createWorkspace('Single-tasking', false);
    await fuzzed.createWorkspace('Multitasking', true);
    await service.startCallbacks();
    await service.idle();
    return fuzzed;
  }

  get port(): number {
    return Number(new URL(this.service.url).port);
  }

  /** The lines that were logged since the last call, and internal errors among them. */
  takeLog(): { readonly lines: readonly string[]; readonly errors: readonly string[] } {
    const taken = { lines: [...this.lines, ...this.errors], errors: this.errors };
    this.lines = [];
    this.errors = [];
    return taken;
  }

  /** Everything that a request could change. Rows are immutable, so that the rows themselves identify the state. */
  state(): readonly unknown[] {
    const { view } = this.service.taskRouter;
    const rows = tableNames.flatMap((table) => [...view.all(table)]);
    return [this.service.taskRouter.nextDeadline(), ...rows];
  }

  /** @throws Error if the state contradicts itself or what is stored */
  async checkInvariants(): Promise<void> {
    await this.service.idle();
    const { taskRouter } = this.service;
    const live = { view: taskRouter.view, nextDeadline: () => taskRouter.nextDeadline() } as Engine;
    for (const { sid } of live.view.all('workspaces'))
      new EngineInvariants({ engine: live, workspaceSid: sid }).checkState();
    const { rows, sequence } = this.store.load();
    const restored = new Engine({ accountSid: account.accountSid, newSid: () => '' });
    restored.load(rows, sequence);
    if (engineText(restored) !== engineText(live)) throw new Error('A restart would have another state');
  }

  close(): Promise<void> {
    return this.service.close();
  }

  private async createWorkspace(friendlyName: string, multiTaskEnabled: boolean): Promise<void> {
    const execute = <C extends Command>(command: C): Promise<ResultOf<C>> =>
      this.service.taskRouter.execute(command);
    const eventCallbackUrl = `${origin}/event-callback`;
    const { sid: workspaceSid } = await execute({
      type: 'CreateWorkspace',
      friendlyName,
      multiTaskEnabled,
      eventCallbackUrl,
    });
    const queue = await execute({
      type: 'CreateTaskQueue',
      workspaceSid,
      friendlyName: 'Everybody',
      targetWorkers: '1==1',
    });
    await execute({
      type: 'CreateWorkflow',
      workspaceSid,
      friendlyName: 'All',
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
      assignmentCallbackUrl: `${origin}/assignment-callback`,
    });
    const activitySid = this.firstAvailable(workspaceSid);
    for (const name of ['Alice', 'Bob', 'Carol'])
      await execute({ type: 'CreateWorker', workspaceSid, friendlyName: name, activitySid, attributes });
  }

  private firstAvailable(workspaceSid: string): string | undefined {
    const all = this.service.taskRouter.view.all('activities' satisfies TableName, workspaceSid);
    return [...all].find(({ available }) => available)?.sid;
  }
}

const attributes = {
  text: '{"languages":["es"],"contact_uri":"client:worker"}',
  value: { languages: ['es'], contact_uri: 'client:worker' },
};

function describe(details: object, message: string): string {
  const { err, error } = details as { err?: Error; error?: Error };
  return `${message}: ${(err ?? error)?.stack ?? JSON.stringify(details)}`;
}

type PartialResponse = NonNullable<Awaited<ReturnType<CallbackResponder>>>;

/** What an application may respond to a callback, good or bad. */
function randomResponse(random: Random): PartialResponse {
  if (random.once(20)) throw new Error('The receiver hung up');
  return random.of<PartialResponse>([
    { body: {} },
    { body: {} },
    { status: 204 },
    { body: { instruction: 'accept' } },
    { body: { instruction: 'reject' } },
    { body: { instruction: 'dequeue', from: '+15550100' } },
    { body: { instruction: 'call', from: '+15550100', url: `${origin}/twiml`, to: '+15550111' } },
    { body: { instruction: 'conference', from: '+15550100' } },
    { body: { instruction: '__proto__' } },
    { body: '[[[[', headers: { 'Content-Type': 'application/json' } },
    { status: 500, body: 'broken' },
  ]);
}
