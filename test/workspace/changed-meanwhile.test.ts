import twilio, { type RequestClient } from 'twilio';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { ChangedMeanwhile } from '../../src/workspace/apply/changed-meanwhile';
import type { DesiredWorkspace } from '../../src/workspace/file/desired';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';
import { tutorial } from './tutorial';

type Request = Parameters<RequestClient['request']>[0];

let taskRouter: TestTaskRouter;
/** A change by another client right before a request is sent. */
let meanwhile: (request: Request) => Promise<unknown>;

function interruptedTransport(): RequestClient {
  const transport = new twilio.RequestClient();
  const send = transport.request.bind(transport);
  transport.request = (async (request: Request) => {
    await meanwhile(request);
    return send(request);
  }) as RequestClient['request'];
  return transport;
}

beforeEach(async () => {
  meanwhile = async () => undefined;
  taskRouter = await startTestTaskRouter({ httpClient: interruptedTransport() });
});
afterEach(() => taskRouter.close());

const apply = (desired: DesiredWorkspace, prune = false) =>
  applyWorkspace({ client: taskRouter.client, desired, functionsUrl: null, prune });

async function begun(desired = tutorial()) {
  const { workspaceSid, workers, activities } = await apply(desired);
  const somebodyElse = twilio(taskRouter.accountSid, taskRouter.authToken);
  somebodyElse.taskrouter.baseUrl = taskRouter.url;
  const inside = somebodyElse.taskrouter.v1.workspaces(workspaceSid);
  return { inside, workers, activities, bob: inside.workers(workers.Bob as string) };
}

/** Runs once, before the first matching request. */
function before(fits: (request: Request) => boolean, work: () => Promise<unknown>): void {
  meanwhile = async (request) => {
    if (!fits(request)) return;
    meanwhile = async () => undefined;
    await work();
  };
}

const aboutWorker =
  (method: string, sid = '') =>
  (request: Request) =>
    request.method.toLowerCase() === method &&
    /\/Workers\/WK[0-9a-f]{32}$/.test(request.uri) &&
    request.uri.endsWith(sid);

const newAttributes = () =>
  tutorial({
    workers: [tutorial().workers[0] as never, { friendlyName: 'Bob', attributes: { languages: ['fr'] } }],
  });

it('does not overwrite attributes that were changed after they were read', async () => {
  const { bob } = await begun();
  before(aboutWorker('get'), () => bob.update({ attributes: '{"languages":["de"]}' }));
  await expect(apply(newAttributes())).rejects.toThrow(new ChangedMeanwhile('worker "Bob"').message);
  expect((await bob.fetch()).attributes).toBe('{"languages":["de"]}');
});

it('does not overwrite a change made at the last moment', async () => {
  const { bob } = await begun();
  before(aboutWorker('post'), () => bob.update({ attributes: '{"languages":["de"]}' }));
  await expect(apply(newAttributes())).rejects.toBeInstanceOf(ChangedMeanwhile);
  expect((await bob.fetch()).attributes).toBe('{"languages":["de"]}');
  await apply(newAttributes());
  expect((await bob.fetch()).attributes).toBe('{"languages":["fr"]}');
});

it('ignores that a worker moved to another activity first', async () => {
  const { bob, activities } = await begun();
  before(aboutWorker('get'), () => bob.update({ activitySid: activities.Idle as string }));
  await apply(newAttributes());
  expect(await bob.fetch()).toMatchObject({ activityName: 'Idle', attributes: '{"languages":["fr"]}' });
});

it.each(['get', 'delete'])(
  'does not delete a worker who became available right before the %s',
  async (method) => {
    const { bob, workers, activities } = await begun();
    before(aboutWorker(method, workers.Bob), () => bob.update({ activitySid: activities.Idle as string }));
    const withoutBob = tutorial({ workers: tutorial().workers.slice(0, 1) });
    await expect(apply(withoutBob, true)).rejects.toBeInstanceOf(ChangedMeanwhile);
    expect((await bob.fetch()).activityName).toBe('Idle');
  },
);

it('treats an entity that is already deleted as deleted', async () => {
  const { bob, workers } = await begun();
  const withoutBob = tutorial({ workers: tutorial().workers.slice(0, 1) });
  before(aboutWorker('delete', workers.Bob), () => bob.remove());
  expect((await apply(withoutBob, true)).changes.map(({ name }) => name)).toEqual(['Bob']);
});
