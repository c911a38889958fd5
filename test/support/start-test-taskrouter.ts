import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import twilio, { type RequestClient, type Twilio } from 'twilio';
import { VirtualClock } from '../../src/system/virtual-clock';
import { createApp } from '../../src/taskrouter/app';
import { Engine } from '../../src/taskrouter/engine/engine';
import type { ApiOptions } from '../../src/taskrouter/http/options';
import { Journal } from '../../src/taskrouter/inspector/journal';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import type { Store } from '../../src/taskrouter/store/store';
import { TaskRouter } from '../../src/taskrouter/taskrouter';
import { twimlEvaluation } from '../../src/taskrouter/voice/twiml/read-twiml';
import { chooseTransport } from '../../src/taskrouter/webhooks/choose-transport';
import { Replays } from '../../src/taskrouter/webhooks/replays';
import { countingSids } from './counting-sids';

export const testAccount = {
  sid: 'AC00000000000000000000000000000abc',
  authToken: '0123456789abcdef0123456789abcdef',
  apiKey: { sid: `SK${'0'.repeat(29)}abc`, secret: 'fedcba9876543210fedcba9876543210' },
} as const;

/** When the virtual clock starts, unix milliseconds. */
export const testStart = Date.parse('2026-01-31T12:00:00Z');

export interface TestTaskRouterOptions extends Partial<Omit<ApiOptions, 'taskRouter' | 'account'>> {
  readonly store?: Store;
  /** Awaited by `clock.advance` after each step, beside the commit of what the step set off. */
  readonly settled?: () => Promise<void>;
  /** What the official client sends its requests with. */
  readonly httpClient?: RequestClient;
}

interface Assembly {
  readonly api: FastifyInstance;
  readonly taskRouter: TaskRouter;
  readonly clock: VirtualClock;
  readonly journal: Journal;
  close(): Promise<void>;
}

export interface TestTaskRouter extends Assembly {
  readonly url: string;
  /** The official client, aimed at this instance. */
  readonly client: Twilio;
  readonly accountSid: string;
  readonly authToken: string;
}

/** A whole TaskRouter in memory, on a free port, under a virtual clock and with counting sids. No callbacks are sent. */
export async function startTestTaskRouter(options: TestTaskRouterOptions = {}): Promise<TestTaskRouter> {
  const assembly = await assembleTestTaskRouter(options);
  await assembly.api.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(assembly.api.server.address() as AddressInfo).port}`;
  const { httpClient } = options;
  const client = twilio(testAccount.sid, testAccount.authToken, httpClient && { httpClient });
  client.taskrouter.baseUrl = url;
  return { ...assembly, url, client, accountSid: testAccount.sid, authToken: testAccount.authToken };
}

/** The same, not listening: its `api` takes injected requests. */
export async function assembleTestTaskRouter(options: TestTaskRouterOptions = {}): Promise<Assembly> {
  const { store = new MemoryStore(), settled, httpClient: _, ...apiOptions } = options;
  const clock: VirtualClock = new VirtualClock(testStart, async () => {
    await taskRouter.read(() => undefined);
    await settled?.();
  });
  const engine = new Engine({ accountSid: testAccount.sid, newSid: countingSids() });
  const taskRouter = new TaskRouter(engine, store, clock);
  await taskRouter.start();
  const { authToken } = testAccount;
  const { journal = new Journal([]) } = apiOptions;
  const replays = new Replays({ authToken, clock, transport: chooseTransport({}), twiml: twimlEvaluation });
  const api = createApp({ log: loudLog, replays, ...apiOptions, journal, taskRouter, account: testAccount });
  const close = async () => {
    await api.close();
    await replays.close();
    await taskRouter.stop();
    await store.close();
  };
  return { api, taskRouter, clock, journal, close };
}

/** What goes wrong on our side must be seen by whoever runs the tests. */
const loudLog: ApiOptions['log'] = {
  warn: () => undefined,
  error: (details, message) => console.error(message, details),
};
