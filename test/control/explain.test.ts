import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.service.close());

async function explain(query: string) {
  const credentials = Buffer.from(`${testAccount.sid}:${testAccount.authToken}`).toString('base64');
  const response = await fetch(`${running.service.url}/_taskrouter/explain${query}`, {
    headers: { authorization: `Basic ${credentials}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('explains a task and a worker, as documented', async () => {
  const { workspace, alice } = await workspaceWithAlice(running.client);
  const queue = await workspace.taskQueues.create({
    friendlyName: 'Spanish',
    targetWorkers: 'language == "es"',
  });
  const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } });
  const workflow = await workspace.workflows.create({ friendlyName: 'Spanish', configuration });
  const task = await workspace.tasks.create({ workflowSid: workflow.sid });

  const ofTask = await explain(`?task_sid=${task.sid}`);
  expect(ofTask.status).toBe(200);
  expect(ofTask.body).toMatchObject({
    task_sid: task.sid,
    assignment_status: 'pending',
    summary: expect.stringContaining('It waits in the queue "Spanish".'),
    workflow: { filter: 'default', target: 0, queue: 'Spanish', filters: [], entered_at: expect.any(String) },
    workers: [
      {
        worker_sid: alice.sid,
        eligible: false,
        reasons: [
          { code: 'not_in_queue', clauses: [{ text: 'language == "es"', value: null, matches: false }] },
        ],
      },
    ],
    ahead: 0,
  });

  const byName = await explain(`?worker_name=${alice.friendlyName.toUpperCase()}`);
  expect(byName).toEqual(await explain(`?worker_sid=${alice.sid}`));
  expect(byName.body).toMatchObject({
    worker_sid: alice.sid,
    reasons: [],
    tasks: [{ task_sid: task.sid, reasons: [{ code: 'not_in_queue' }] }],
  });
});

it('explains a reservation, as documented', async () => {
  const { workspace, alice } = await workspaceWithAlice(running.client);
  const task = await workspace.tasks.create();
  const [reservation] = await workspace.tasks(task.sid).reservations.list();
  expect(await explain(`?reservation_sid=${reservation?.sid}`)).toEqual({
    status: 200,
    body: {
      reservation_sid: reservation?.sid,
      task_sid: task.sid,
      worker_sid: alice.sid,
      summary: expect.stringMatching(/^It was offered to Alice at /),
      workers: [
        {
          worker_sid: alice.sid,
          worker_name: 'Alice',
          eligible: true,
          reasons: [{ code: 'offered', message: 'Alice was offered it' }],
        },
      ],
    },
  });
});

it.each([
  ['', 400, 'task_sid, worker_sid, worker_name, or reservation_sid field is required'],
  ['?task_sid=WK1', 400, "Value 'WK1' provided for task_sid has an invalid format."],
  [
    '?worker_name=Nobody',
    404,
    'The requested resource /_taskrouter/explain?worker_name=Nobody was not found',
  ],
  [
    `?reservation_sid=WR${'0'.repeat(32)}`,
    404,
    `Why reservation WR${'0'.repeat(32)} was offered is not recorded. Only the latest offers since the service started are, in memory.`,
  ],
])('%s is refused with %i', async (query, status, message) => {
  expect(await explain(query)).toMatchObject({ status, body: { message } });
});
