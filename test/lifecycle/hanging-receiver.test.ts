import type { TestTaskRouter } from '../../src/testkit/contract';
import { startTaskRouter } from '../../src/testkit/index';

let taskRouter: TestTaskRouter;
afterEach(() => taskRouter.close());

/** The tutorial's, with an assignment callback that may take a tenth of a second instead of five. */
const hurried = {
  friendlyName: 'Hurried',
  multiTaskEnabled: false,
  activities: [{ friendlyName: 'Idle', available: true }],
  taskQueues: [{ friendlyName: 'Everybody' }],
  workflows: [
    {
      friendlyName: 'All',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the workspace file's own placeholder
      assignmentCallbackUrl: '${FUNCTIONS_URL}/assignment-callback#tt=100',
      configuration: { task_routing: { default_filter: { queue: 'Everybody' } } },
    },
  ],
  workers: [{ friendlyName: 'Alice', activity: 'Idle' }],
};

it('cannot hold up the clock, and is recorded as late when its time was over', async () => {
  taskRouter = await startTaskRouter({ workspace: hurried, respond: () => new Promise(() => undefined) });
  const { client, workspaceSid } = taskRouter;
  const { sid } = await client.taskrouter.v1.workspaces(workspaceSid).tasks.create({ attributes: '{}' });
  const started = taskRouter.now().getTime();

  await Promise.all([taskRouter.advance(0), taskRouter.advance(0.099)]);
  expect(taskRouter.callbacks()).toEqual([]);
  expect(await taskRouter.advanceToNext()).toEqual(new Date(started + 100));
  expect(taskRouter.callbacks()).toMatchObject([{ taskSid: sid, outcome: 'timed_out' }]);
  expect(taskRouter.events({ type: 'reservation.canceled' })).toMatchObject([
    { date: new Date(started + 100) },
  ]);
});
