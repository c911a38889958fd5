import { SimulatedApplication } from '../support/simulated-application';

const application = new SimulatedApplication();
const { server } = application;

beforeAll(() => application.start());
afterAll(() => application.close());

const client = () => application.taskRouter.client;
const advance = (seconds: number) => application.taskRouter.advance(seconds);
const root = () => `/2010-04-01/Accounts/${application.taskRouter.accountSid}`;

/** Two callers in a queue of their own, 30 seconds apart. */
async function waiting(name: string) {
  const documents = { '/incoming-call': `<Enqueue>${name}</Enqueue>` };
  const first = await application.calling(documents);
  await advance(30);
  const second = await application.calling(documents);
  await advance(10);
  const [queue] = (await client().queues.list()).filter(({ friendlyName }) => friendlyName === name);
  return { first, second, queue: client().queues(queue?.sid ?? '') };
}

it('shows a queue that Enqueue has created', async () => {
  const { first, second, queue } = await waiting('support');
  expect(await queue.fetch()).toMatchObject({
    friendlyName: 'support',
    currentSize: 2,
    maxSize: 1000,
    averageWaitTime: 25,
    accountSid: application.taskRouter.accountSid,
    uri: expect.stringMatching(/^\/2010-04-01\/Accounts\/AC\w+\/Queues\/QU\w+\.json$/),
  });
  await first.hangUp();
  await second.hangUp();
  expect(await queue.fetch()).toMatchObject({ currentSize: 0, averageWaitTime: 0 });
});

it('shows the queue of a workflow under the SID of the workflow', async () => {
  const { workflowSid } = application.taskRouter;
  const enqueue = `<Enqueue workflowSid="${workflowSid}"><Task>{"selected_language":"es"}</Task></Enqueue>`;
  const call = await application.calling({ '/incoming-call': enqueue });
  const { body } = await application.request(`${root()}/Queues.json?FriendlyName=${workflowSid}`);
  expect(body.queues).toMatchObject([{ friendly_name: workflowSid, max_size: 100, current_size: 1 }]);
  await call.hangUp();
});

it('shows who waits, in their order, and who is next', async () => {
  const { first, second, queue } = await waiting('sales');
  const members = await queue.members.list();
  expect(members).toMatchObject([
    { callSid: first.callSid, position: 1, waitTime: 40 },
    { callSid: second.callSid, position: 2, waitTime: 10 },
  ]);
  expect(members[0]?.dateEnqueued.getTime()).toBe(application.taskRouter.now().getTime() - 40_000);
  expect((await queue.members.page({ pageSize: 1 })).instances).toHaveLength(1);
  expect(await queue.members.list({ pageSize: 1 })).toHaveLength(2);
  expect(await queue.members('Front').fetch()).toMatchObject({ callSid: first.callSid });
  expect(await queue.members(second.callSid).fetch()).toMatchObject({ position: 2 });
  await first.hangUp();
  await second.hangUp();
  await expect(queue.members('Front').fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it('finds no queue that is not there', async () => {
  const queue = client().queues(`QU${'0'.repeat(32)}`);
  await expect(queue.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(queue.members.list()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it.each<[string, () => Promise<unknown>]>([
  ['creating a queue', () => client().queues.create({ friendlyName: 'a' })],
  ['a message', () => client().messages.create({ to: '+15550111', from: '+15550100', body: 'Hi' })],
  [
    'a recording of a call',
    () =>
      client()
        .calls(`CA${'0'.repeat(32)}`)
        .recordings.list(),
  ],
  ['recordings', () => client().recordings.list()],
])('says that %s is not built', async (_, ask) => {
  await expect(ask()).rejects.toMatchObject({
    status: 501,
    code: 20501,
    message: expect.stringMatching(/2010-04-01\/Accounts\/.* is not built/),
  });
});

it('needs credentials, and knows one account', async () => {
  const { url } = application.taskRouter;
  for (const path of [`${root()}/Calls.json`, `${root()}/Messages.json`])
    expect(await (await fetch(`${url}${path}`)).json()).toMatchObject({ status: 401, code: 20003 });
  for (const path of ['Calls.json', 'Messages.json']) {
    const other = `/2010-04-01/Accounts/AC${'0'.repeat(32)}/${path}`;
    expect((await application.request(other)).body).toMatchObject({ status: 404, code: 20404 });
  }
  expect(server.forged).toEqual([]);
});
