import type { LifecycleResponse } from '../../assets/lifecycle/lifecycle-response';
import { knownWorkers, taskSentence } from '../../assets/lifecycle/task-sentence';
import { taskViews } from '../../assets/lifecycle/task-views';
import { handler as acceptReservation } from '../../functions/accept-reservation';
import { handler as lifecycle } from '../../functions/lifecycle';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { startTestService, type TestService } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';
import { functionContext, functionEvent, invoke } from '../support/twilio-runtime';

let taskRouter: TestService;
beforeEach(async () => {
  taskRouter = await startTestService();
});
afterEach(() => taskRouter.service.close());

interface Situation {
  readonly multiTaskEnabled?: boolean;
  /** The expression of the queue "Support". Default: all workers. */
  readonly targetWorkers?: string;
  /** What the workflow's only target has besides the queue. */
  readonly target?: object;
  readonly taskAttributes?: object;
  /** What happened to a task that was created before this one. */
  readonly earlierTask?: 'offered' | 'accepted';
  /** The names of the workers, each with whether they are available. */
  readonly workers?: Readonly<Record<string, boolean>>;
}

const available = (names: string) =>
  `The task is waiting: it is not offered to any worker now. Available in the task queue "Support": ${names}. ` +
  'TaskRouter does not say why they get no offer. Check the capacity and the pending reservations of each worker, ' +
  "and the expression and the known worker of the workflow's target.";

const waiting = 'Waiting for a worker of “Support”.';

/** What page and Function say about a task in this situation, and the codes of the alerts on its card. */
async function said(situation: Situation) {
  const { workspace, variables } = await prepare(situation);
  const run = (handler: FunctionHandler, parameters: Record<string, unknown>) =>
    invoke(handler, { context: functionContext(variables), event: functionEvent(parameters) });
  const create = (attributes: object) => workspace.tasks.create({ attributes: JSON.stringify(attributes) });
  if (situation.earlierTask) {
    const { sid } = await create({});
    if (situation.earlierTask === 'accepted') await run(acceptReservation, { task_sid: sid });
  }
  const { sid: task_sid } = await create(situation.taskAttributes ?? {});
  const response: LifecycleResponse = (await run(lifecycle, {})).body;
  const view = taskViews(response).find(({ task }) => task.task_sid === task_sid);
  if (!view) throw new Error('The response does not contain the task.');
  const accept: string = (await run(acceptReservation, { task_sid })).body.message;
  expect(reasonsOf(accept)).toContain(await explainedReason(task_sid));
  return {
    page: taskSentence(view, knownWorkers(response)),
    accept,
    alerts: view.alerts.map(({ code }) => code),
  };
}

/** The codes of the reasons that a message of the Function stands for. REST shows the first two. */
function reasonsOf(message: string): string[] {
  if (message.includes('no worker matches the task queue')) return ['not_in_queue'];
  if (message.includes('no available worker is eligible')) return ['not_available'];
  return [
    'no_capacity',
    'has_pending_reservation',
    'target_expression_false',
    'known_worker_other',
    'known_worker_missing',
  ];
}

/** The code of the first reason that the local TaskRouter gives, which sees everything. */
async function explainedReason(taskSid: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${testAccount.sid}:${testAccount.authToken}`).toString('base64')}`;
  const url = `${taskRouter.service.url}/_taskrouter/explain?task_sid=${taskSid}`;
  const response = await fetch(url, { headers: { authorization } });
  const { reasons } = (await response.json()) as { reasons: { code: string }[] };
  return reasons[0]?.code ?? 'none';
}

async function prepare({ multiTaskEnabled = true, targetWorkers, target, workers = {} }: Situation) {
  const { workspaces } = taskRouter.client.taskrouter.v1;
  const { sid } = await workspaces.create({ friendlyName: 'Reasons', multiTaskEnabled });
  const workspace = workspaces(sid);
  const queue = await workspace.taskQueues.create({
    friendlyName: 'Support',
    ...(targetWorkers && { targetWorkers }),
  });
  const targets = [{ queue: queue.sid, ...target }];
  const workflow = await workspace.workflows.create({
    friendlyName: 'All',
    configuration: JSON.stringify({ task_routing: { filters: [{ expression: '1==1', targets }] } }),
  });
  const activities = await workspace.activities.list();
  for (const [friendlyName, isAvailable] of Object.entries(workers)) {
    const activity = activities.find((one) => one.available === isAvailable);
    const attributes = JSON.stringify({ name: friendlyName });
    await workspace.workers.create({ friendlyName, attributes, activitySid: activity?.sid as string });
  }
  const variables = {
    ACCOUNT_SID: testAccount.sid,
    AUTH_TOKEN: testAccount.authToken,
    WORKSPACE_SID: sid,
    WORKFLOW_SID: workflow.sid,
    TASKROUTER_BASE_URL: taskRouter.service.url,
  };
  return { workspace, variables };
}

it('all workers are offline', async () => {
  expect(await said({ multiTaskEnabled: false, workers: { Alice: false, Bob: false } })).toEqual({
    page: `${waiting} No worker is available.`,
    accept: expect.stringMatching(
      /^The task is waiting: no available worker is eligible; set one Idle: (Alice|Bob) \(Offline\), (Alice|Bob) \(Offline\)\.$/,
    ),
    alerts: [],
  });
});

it('all workers are offline, and the workspace has no activity Idle', async () => {
  expect(await said({ workers: { Alice: false } })).toMatchObject({
    accept: 'The task is waiting: no available worker is eligible; set one Available: Alice (Offline).',
  });
});

it('a worker is available and has no capacity left', async () => {
  expect(await said({ workers: { Alice: true }, earlierTask: 'accepted' })).toEqual({
    page: waiting,
    accept: available('Alice (Available)'),
    alerts: [],
  });
});

it('a worker is available and has a pending offer of another task', async () => {
  expect(await said({ workers: { Alice: true }, earlierTask: 'offered' })).toEqual({
    page: waiting,
    accept: available('Alice (Available)'),
    alerts: [],
  });
});

it('the reservation activity of another offer makes the only worker unavailable', async () => {
  expect(await said({ multiTaskEnabled: false, workers: { Alice: true }, earlierTask: 'offered' })).toEqual({
    page: `${waiting} No worker is available.`,
    accept: 'The task is waiting: no available worker is eligible; set one Idle: Alice (Reserved).',
    alerts: [],
  });
});

it('a worker is available and the expression of the target is false', async () => {
  const target = { expression: 'worker.name == "Bob"' };
  expect(await said({ workers: { Alice: true }, target })).toEqual({
    page: waiting,
    accept: available('Alice (Available)'),
    alerts: [],
  });
});

it('a worker is available and the known worker is another', async () => {
  const target = { known_worker_friendly_name: 'task.agent' };
  const taskAttributes = { agent: 'Bob' };
  expect(await said({ workers: { Alice: true, Bob: false }, target, taskAttributes })).toEqual({
    page: waiting,
    accept: available('Alice (Available)'),
    alerts: [],
  });
});

it('the known worker does not exist', async () => {
  const target = { known_worker_friendly_name: 'task.agent' };
  expect(await said({ workers: { Alice: true }, target, taskAttributes: { agent: 'Carol' } })).toEqual({
    page: waiting,
    accept: available('Alice (Available)'),
    alerts: [40154],
  });
});

it('the known worker is not in the queue', async () => {
  const target = { known_worker_friendly_name: 'task.agent' };
  const queue = { targetWorkers: 'name == "Alice"' };
  expect(
    await said({ ...queue, workers: { Alice: true, Bob: true }, target, taskAttributes: { agent: 'Bob' } }),
  ).toEqual({ page: waiting, accept: available('Alice (Available)'), alerts: [40152] });
});

it('the queue has no workers, while others are available', async () => {
  expect(await said({ targetWorkers: 'name == "Bob"', workers: { Alice: true } })).toEqual({
    page: waiting,
    accept:
      'The task is waiting: no worker matches the task queue "Support"; give one the attributes it requires.',
    alerts: [],
  });
});

it('only workers of other queues are available', async () => {
  expect(await said({ targetWorkers: 'name == "Bob"', workers: { Alice: true, Bob: false } })).toEqual({
    page: waiting,
    accept: 'The task is waiting: no available worker is eligible; set one Available: Bob (Offline).',
    alerts: [],
  });
});

it('the workspace has no workers', async () => {
  expect(await said({})).toEqual({
    page: `${waiting} The workspace has no workers.`,
    accept:
      'The task is waiting: no worker matches the task queue "Support"; give one the attributes it requires.',
    alerts: [],
  });
});
