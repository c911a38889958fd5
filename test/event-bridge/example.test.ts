import { startTaskRouter } from '../../src/testkit';
import type { TestTaskRouter } from '../../src/testkit/contract';
import { codeBlocks } from '../support/documents';
import { disconnectAll, newWorker } from '../support/worker-sdk';

let taskRouter: TestTaskRouter;
beforeEach(async () => {
  taskRouter = await startTaskRouter();
});
afterEach(async () => {
  disconnectAll();
  await taskRouter.close();
});

const example = codeBlocks('README.md', 'js').find((block) => block.includes('twilio-taskrouter')) as string;

it('runs the agent of the README', async () => {
  const { client, workspaceSid, eventBridgeUrl } = taskRouter;
  const { host } = new URL(eventBridgeUrl);
  const lines: unknown[][] = [];
  /** The genuine class; the worker is disconnected after the test. */
  function Worker(token: string, options: object) {
    return newWorker({ service: { url: taskRouter.url } as never }, token, options);
  }
  const run = new Function('require', 'process', 'console', example.replaceAll('127.0.0.1:4040', host));
  const environment = { TOKEN: taskRouter.workerToken('Alice') };
  run(() => ({ Worker }), { env: environment }, { log: (...line: unknown[]) => lines.push(line) });
  const { sid } = await client.taskrouter.v1
    .workspaces(workspaceSid)
    .tasks.create({ attributes: '{"selected_language":"es"}' });
  while (taskRouter.events({ type: 'task.completed', taskSid: sid }).length === 0)
    await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toEqual([['offered', { selected_language: 'es' }]]);
});

it('is an example of 15 lines', () => {
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(15);
});

it('signs tokens for a worker by name or SID, with a role and a lifetime', () => {
  const { workers } = taskRouter;
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const made = claims(taskRouter.workerToken(workers.Bob as string, { role: 'supervisor', ttlSeconds: 60 }));
  expect(made.grants).toEqual({
    identity: 'Bob',
    task_router: { workspace_sid: taskRouter.workspaceSid, worker_sid: workers.Bob, role: 'supervisor' },
  });
  expect(made.exp - taskRouter.now().getTime() / 1000).toBe(60);
  expect(() => taskRouter.workerToken('Nobody')).toThrow("There is no Worker 'Nobody'");
  expect(() => taskRouter.workerToken('Alice', { ttlSeconds: 0 })).toThrow('out of range: 1 to 86400');
});
