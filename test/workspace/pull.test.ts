import type { Twilio } from 'twilio';
import { applyWorkspace, planChanges } from '../../src/workspace/apply/apply';
import type { DesiredWorkspace } from '../../src/workspace/file/desired';
import { WorkspaceNotChosen } from '../../src/workspace/pull/choose-workspace';
import { pullWorkspace } from '../../src/workspace/pull/pull';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';
import { tutorial } from './tutorial';

const functionsUrl = 'https://care-1234-dev.twil.io';
const spanish = 'Customer Care Requests - Spanish';

let taskRouter: TestTaskRouter;
let client: Twilio;
beforeEach(async () => {
  taskRouter = await startTestTaskRouter();
  client = taskRouter.client;
});
afterEach(() => taskRouter.close());

const apply = (desired: DesiredWorkspace) => applyWorkspace({ client, desired, functionsUrl });
const pull = (choice = {}, url: string | null = functionsUrl) => pullWorkspace(client, choice, url);
const inside = (sid: string) => client.taskrouter.v1.workspaces(sid);

it('writes the same as the tutorial’s own file, and TaskRouter’s defaults where that is silent', async () => {
  await apply(tutorial());
  const { desired, notes, faults } = await pull();
  expect({ notes, faults }).toEqual({ notes: [], faults: [] });
  const { workers, taskQueues, workflows, activities, ...settings } = tutorial();
  expect(desired).toMatchObject({
    ...settings,
    prioritizeQueueOrder: 'FIFO',
    defaultActivity: 'Offline',
    timeoutActivity: 'Offline',
    workers,
    taskQueues: taskQueues.map((queue) => ({ ...queue, maxReservedWorkers: 1, taskOrder: 'FIFO' })).reverse(),
    workflows,
    activities: [...activities].sort((left, right) => (left.friendlyName < right.friendlyName ? -1 : 1)),
  });
});

it('writes names wherever a configuration or an expression has sids', async () => {
  const { workspaceSid, workers, activities, taskQueues } = await apply(tutorial());
  await inside(workspaceSid).taskQueues.create({
    friendlyName: 'Alice alone',
    targetWorkers: `sid == "${workers.Alice}"`,
  });
  await inside(workspaceSid).workflows.create({
    friendlyName: 'Direct',
    configuration: JSON.stringify({
      task_routing: {
        filters: [
          {
            expression: '1==1',
            targets: [
              {
                queue: taskQueues[spanish],
                expression: `worker.sid == "${workers.Bob}"`,
                skip_if: `workers.${activities.Busy} > 0`,
              },
            ],
          },
        ],
        default_filter: { queue: taskQueues[spanish] },
      },
    }),
  });
  const { desired } = await pull();
  expect(desired.taskQueues).toContainEqual(
    expect.objectContaining({ friendlyName: 'Alice alone', targetWorkers: `sid == "\${worker:Alice}"` }),
  );
  expect(desired.workflows.find(({ friendlyName }) => friendlyName === 'Direct')?.configuration).toEqual({
    task_routing: {
      filters: [
        {
          expression: '1==1',
          targets: [
            {
              queue: spanish,
              expression: `worker.sid == "\${worker:Bob}"`,
              skip_if: `workers.\${activity:Busy} > 0`,
            },
          ],
        },
      ],
      default_filter: { queue: spanish },
    },
  });
  expect((await planChanges({ client, desired, functionsUrl })).changes).toEqual([]);
});

it('recognizes the address of the Functions only when it is complete', async () => {
  const elsewhere = `${functionsUrl}.example/assignment-callback`;
  const desired = tutorial({ eventCallbackUrl: elsewhere });
  await apply(desired);
  const pulled = await pull();
  expect(pulled.desired.eventCallbackUrl).toBe(elsewhere);
  expect(pulled.desired.workflows[0]?.assignmentCallbackUrl).toBe(`\${FUNCTIONS_URL}/assignment-callback`);
  expect(pulled.notes).toEqual([
    `Callbacks go to ${functionsUrl}.example, even when you run the file locally. If your Functions are there, pull with --functions-url ${functionsUrl}.example`,
  ]);
  const unknown = await pull({}, null);
  expect(unknown.desired.workflows[0]?.assignmentCallbackUrl).toBe(`${functionsUrl}/assignment-callback`);
});

it('omits a URL with a password, reports it, and still has nothing to do afterwards', async () => {
  await apply(tutorial({ eventCallbackUrl: 'https://someone:s3cret@events.example/in' }));
  const pulled = await pull();
  expect(JSON.stringify(pulled)).not.toContain('s3cret');
  expect(pulled.notes).toEqual([
    'eventCallbackUrl is left out because it contains a password. Applying the file leaves it unchanged.',
  ]);
  const { desired } = pulled;
  expect((await planChanges({ client, desired, functionsUrl })).changes).toEqual([]);
});

it('pulls capacities and task channels of a multitasking workspace', async () => {
  const { workspaceSid, workers } = await apply(
    tutorial({ multiTaskEnabled: true, taskChannels: [{ uniqueName: 'fax', friendlyName: 'Fax' }] }),
  );
  const alice = inside(workspaceSid).workers(workers.Alice as string);
  const fax = (await alice.workerChannels.list()).find(
    ({ taskChannelUniqueName }) => taskChannelUniqueName === 'fax',
  );
  await alice.workerChannels(fax?.sid as string).update({ capacity: 7 });
  const { desired } = await pull();
  expect(desired.taskChannels).toEqual([
    { uniqueName: 'fax', friendlyName: 'Fax', channelOptimizedRouting: false },
  ]);
  expect(desired.workers.map(({ friendlyName, channels }) => [friendlyName, channels])).toEqual([
    ['Alice', { fax: { capacity: 7, available: true } }],
    ['Bob', undefined],
  ]);
});

describe('of several workspaces', () => {
  beforeEach(async () => {
    await apply(tutorial());
    await apply(tutorial({ friendlyName: 'Another' }));
  });

  it('selects the named one', async () => {
    expect((await pull({ friendlyName: 'Another' })).desired.friendlyName).toBe('Another');
    const [named] = await client.taskrouter.v1.workspaces.list({ friendlyName: 'Customer Care' });
    expect((await pull({ sid: named?.sid })).desired.friendlyName).toBe('Customer Care');
  });

  it.each([{}, { friendlyName: 'None' }])('lists them when the choice is ambiguous: %j', async (choice) => {
    const failure = await pull(choice).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(WorkspaceNotChosen);
    expect((failure as Error).message).toMatch(
      /--workspace-sid.*\n {2}WS[0-9a-f]{32} {2}Another\n {2}WS[0-9a-f]{32} {2}Customer Care$/s,
    );
  });
});

it('reports what to do when there is no workspace', async () => {
  await expect(pull()).rejects.toThrow(
    'The account has no workspaces. Create one first: npx taskrouter workspace apply',
  );
});

it('refuses two workflows with one name, which a file could not distinguish', async () => {
  const { workspaceSid } = await apply(tutorial());
  const [workflow] = await inside(workspaceSid).workflows.list();
  const { friendlyName = '', configuration = '' } = workflow ?? {};
  await inside(workspaceSid).workflows.create({ friendlyName, configuration });
  await expect(pull()).rejects.toThrow(
    `The workspace has several workflows named "${friendlyName}". Rename all but one of them.`,
  );
});
