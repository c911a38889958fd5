import { applyWorkspace, planChanges } from '../../src/workspace/apply/apply';
import type { DesiredWorkspace } from '../../src/workspace/file/desired';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';
import { tutorial } from './tutorial';

let taskRouter: TestTaskRouter;
beforeEach(async () => {
  taskRouter = await startTestTaskRouter();
});
afterEach(() => taskRouter.close());

const functionsUrl = 'http://127.0.0.1:3000';
const options = (desired: DesiredWorkspace) => ({
  client: taskRouter.client,
  desired,
  functionsUrl,
  prune: true,
});
const apply = (desired: DesiredWorkspace) => applyWorkspace(options(desired));
const plan = (desired: DesiredWorkspace) => planChanges(options(desired));
const done = ({ changes }: { changes: Awaited<ReturnType<typeof apply>>['changes'] }) =>
  changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`);

/** The tutorial's workspace with an additional language, worker, break activity, and channel. */
const more = (): DesiredWorkspace =>
  tutorial({
    taskChannels: [{ uniqueName: 'fax' }],
    activities: [...tutorial().activities, { friendlyName: 'Lunch', available: false }],
    taskQueues: [...tutorial().taskQueues, { friendlyName: 'French', targetWorkers: 'languages HAS "fr"' }],
    workflows: [
      ...tutorial().workflows,
      {
        friendlyName: 'Callbacks',
        configuration: { task_routing: { default_filter: { queue: 'French' } } },
      },
    ],
    workers: [
      ...tutorial().workers,
      { friendlyName: 'Carol', activity: 'Lunch', attributes: { languages: ['fr'] } },
    ],
  });

async function withMore() {
  const applied = await apply(more());
  return { ...applied, inside: taskRouter.client.taskrouter.v1.workspaces(applied.workspaceSid) };
}

it('deletes everything that the file does not name, dependents first, and then nothing more', async () => {
  const { inside } = await withMore();
  expect(done(await apply(tutorial()))).toEqual([
    'delete workflow Callbacks',
    'delete taskQueue French',
    'delete worker Carol',
    'delete activity Lunch',
    'delete taskChannel fax',
  ]);
  expect(await plan(tutorial())).toEqual({ changes: [], notes: [], extras: [] });
  expect((await inside.workers.list()).map(({ friendlyName }) => friendlyName)).toEqual(['Alice', 'Bob']);
  expect(await inside.taskChannels.list()).toHaveLength(5);
});

it('deletes nothing unless requested, and reports no difference', async () => {
  await withMore();
  const { changes, extras } = await planChanges({ ...options(tutorial()), prune: false });
  expect(changes).toEqual([]);
  expect(extras.map(({ name }) => name)).toEqual(['fax', 'Lunch', 'Carol', 'French', 'Callbacks']);
});

it('keeps what a waiting task needs until it is finished', async () => {
  const { inside, workflows } = await withMore();
  const { sid } = await inside.tasks.create({
    workflowSid: workflows.Callbacks as string,
    taskChannel: 'fax',
  });
  const { changes, notes } = await apply(tutorial());
  expect(changes.map(({ name }) => name)).toEqual(['Carol', 'Lunch']);
  expect(notes).toEqual([
    'Kept the workflow "Callbacks": it has 1 unfinished task. Plan again when the task is finished.',
    'Kept the task queue "French": it has 1 unfinished task. Plan again when the task is finished.',
    'Kept the task channel "fax": it has 1 unfinished task. Plan again when the task is finished.',
  ]);
  await inside.tasks(sid).update({ assignmentStatus: 'canceled', reason: 'no longer needed' });
  await inside.tasks(sid).remove();
  expect(done(await apply(tutorial()))).toEqual([
    'delete workflow Callbacks',
    'delete taskQueue French',
    'delete taskChannel fax',
  ]);
});

it('keeps a worker with a pending offer, and the activity of that worker', async () => {
  const { inside, workflows, workers, activities } = await withMore();
  const carol = inside.workers(workers.Carol as string);
  await carol.update({ activitySid: activities.Idle as string });
  expect((await plan(tutorial())).notes).toContain(
    'Kept the worker "Carol": it is Idle. Move it to an activity that is not available, then plan again.',
  );
  await inside.tasks.create({ workflowSid: workflows.Callbacks as string });
  await carol.update({ activitySid: activities.Lunch as string });
  expect((await plan(tutorial())).notes).toEqual(
    expect.arrayContaining([
      'Kept the worker "Carol": it has an active reservation. Plan again when the reservation is over.',
      'Kept the activity "Lunch": the worker "Carol" is in it. Move the worker to another activity, then plan again.',
    ]),
  );
});

it('continues when TaskRouter refuses to delete an entity, and reports it', async () => {
  const { inside, workflows } = await withMore();
  // A finished task does not stop the plan, but the local TaskRouter keeps its channel until it deletes the task.
  const { sid } = await inside.tasks.create({
    workflowSid: workflows.Callbacks as string,
    taskChannel: 'fax',
  });
  await inside.tasks(sid).update({ assignmentStatus: 'canceled', reason: 'no longer needed' });
  const { changes, notes } = await apply(tutorial());
  expect(changes.map(({ name }) => name)).toEqual(['Callbacks', 'French', 'Carol', 'Lunch']);
  expect(notes).toEqual([
    expect.stringMatching(
      /^Kept the task channel "fax": TaskRouter refused to delete it \(.+\)\. Try again later\.$/,
    ),
  ]);
});

it('deletes the default activities of a new workspace that the file does not name', async () => {
  const desired = tutorial({
    multiTaskEnabled: true,
    activities: [
      { friendlyName: 'Offline', available: false },
      { friendlyName: 'Ready', available: true },
    ],
    taskQueues: [{ friendlyName: 'Everybody' }],
    workflows: [],
  });
  const planned = await plan(desired);
  const { changes, workspaceSid } = await apply(desired);
  expect(changes).toEqual(planned.changes);
  const left = await taskRouter.client.taskrouter.v1.workspaces(workspaceSid).activities.list();
  expect(left.map(({ friendlyName }) => friendlyName).sort()).toEqual(['Offline', 'Ready']);
});
