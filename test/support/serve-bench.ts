import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { accountByToken } from '../../src/system/twilio-account';
import { VirtualClock } from '../../src/system/virtual-clock';
import { createApp } from '../../src/taskrouter/app';
import { Journal } from '../../src/taskrouter/inspector/journal';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import { TaskRouter } from '../../src/taskrouter/taskrouter';
import { twimlEvaluation } from '../../src/taskrouter/voice/twiml/read-twiml';
import { chooseTransport } from '../../src/taskrouter/webhooks/choose-transport';
import { Replays } from '../../src/taskrouter/webhooks/replays';
import type { TaskRouterClient } from '../../src/workspace/client';
import { createLocalClient } from '../../src/workspace/local-client';
import type { EngineBench } from './engine-bench';
import { testAccount } from './start-test-taskrouter';

export interface ServedBench {
  readonly url: string;
  readonly client: TaskRouterClient;
  readonly workspace: WorkspaceInstance;
  /** The requests so far, as `GET /v1/…`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * The REST API of an engine under test, on a free port. Its clock stands still.
 * @param prepare adds hooks, to respond as a real account does and the local TaskRouter does not
 */
export async function serveBench(
  bench: EngineBench,
  prepare: (app: FastifyInstance) => unknown = () => undefined,
): Promise<ServedBench> {
  const clock = new VirtualClock(bench.now);
  const store = new MemoryStore();
  await store.commitBatch({ time: bench.now, changes: [], events: bench.events });
  const taskRouter = new TaskRouter(bench.engine, store, clock);
  const { authToken } = testAccount;
  const replays = new Replays({ authToken, clock, transport: chooseTransport({}), twiml: twimlEvaluation });
  const app = createApp({
    log: console,
    journal: new Journal([]),
    replays,
    taskRouter,
    account: testAccount,
  });
  const requests: string[] = [];
  app.addHook('onRequest', async ({ method, url }) => {
    requests.push(`${method} ${url}`);
  });
  prepare(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const noWaiting = async () => undefined;
  const client = createLocalClient(
    accountByToken({ accountSid: testAccount.sid, authToken }),
    url,
    noWaiting,
  );
  return {
    url,
    client,
    workspace: await client.taskrouter.v1.workspaces(bench.workspaceSid).fetch(),
    requests,
    close: async () => {
      client.close();
      await app.close();
      await replays.close();
      await store.close();
    },
  };
}
