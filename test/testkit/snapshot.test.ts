import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallbackRequest, TestKitOptions, TestTaskRouter } from '../../src/testkit/contract';
import { startTaskRouter } from '../../src/testkit/index';

const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-snapshot-'));
const file = path.join(folder, 'situation.jsonl');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const instance of open.splice(0)) await instance.close();
});

async function started(options: TestKitOptions = {}): Promise<TestTaskRouter> {
  const taskRouter = await startTaskRouter(options);
  open.push(taskRouter);
  return taskRouter;
}

const workspaceOf = ({ client, workspaceSid }: TestTaskRouter) =>
  client.taskrouter.v1.workspaces(workspaceSid);
const addTask = (taskRouter: TestTaskRouter) =>
  workspaceOf(taskRouter).tasks.create({ attributes: '{"selected_language":"es"}' });

it('continues a saved situation in another instance, at its time and with its names', async () => {
  const first = await started();
  const { sid } = await addTask(first);
  await first.advance(90);
  await first.saveSnapshot(file);

  const second = await started({ snapshot: file, authToken: 'another token' });
  expect(second.now()).toEqual(first.now());
  expect(second.explain(sid)).toEqual(first.explain(sid));
  expect(second.events()).toEqual(first.events());
  const { workspaceSid, workflowSid, workflows, workers, taskQueues, activities } = second;
  expect(first).toMatchObject({ workspaceSid, workflowSid, workflows, workers, taskQueues, activities });
  for (const each of [first, second]) {
    const worker = workspaceOf(each).workers(each.workers.Alice as string);
    await worker.update({ activitySid: each.activities.Idle as string });
  }
  expect((await second.waitFor(sid, 'reserved')).assignmentStatus).toBe('reserved');
  expect(second.events().map(({ type }) => type)).toEqual(first.events().map(({ type }) => type));
});

it('gives new sids to what is created after a snapshot of the same seed', async () => {
  const first = await started();
  const before = await addTask(first);
  await first.saveSnapshot(file);
  const [second, third] = [await started({ snapshot: file }), await started({ snapshot: file })];
  const [one, same] = [await addTask(second), await addTask(third)];
  expect(one.sid).toBe(same.sid);
  expect(one.sid).not.toBe(before.sid);
  expect(await workspaceOf(second).tasks.list()).toHaveLength(2);
});

it('hands the callbacks that waited to respond, and sends none without it', async () => {
  const requests: CallbackRequest[] = [];
  let release: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    const first = started({
      respond: (request) => {
        if (request.kind !== 'assignment') return undefined;
        resolve();
        return new Promise<undefined>((done) => {
          release = () => done(undefined);
        });
      },
    });
    void first.then(async (taskRouter) => {
      const worker = workspaceOf(taskRouter).workers(taskRouter.workers.Alice as string);
      await worker.update({ activitySid: taskRouter.activities.Idle as string });
      await addTask(taskRouter);
    });
  });
  await asked;
  await (open[0] as TestTaskRouter).saveSnapshot(file);
  release();
  const respond = (request: CallbackRequest) => {
    requests.push(request);
    return request.kind === 'assignment' ? { body: { instruction: 'accept' } } : undefined;
  };
  const second = await started({ snapshot: file, respond });
  await second.advance(0);
  expect(requests.map(({ kind }) => kind)).toContain('assignment');
  expect((await workspaceOf(second).tasks.list()).map(({ assignmentStatus }) => assignmentStatus)).toEqual([
    'assigned',
  ]);

  const quiet = await started({ snapshot: file });
  await quiet.advance(0);
  expect(quiet.callbacks()).toEqual([]);
  expect((await workspaceOf(quiet).tasks.list()).map(({ assignmentStatus }) => assignmentStatus)).toEqual([
    'reserved',
  ]);
});

it('refuses options that the snapshot decides, and a file that is none', async () => {
  await expect(startTaskRouter({ snapshot: file, now: new Date() })).rejects.toThrow(
    /now cannot be combined with snapshot/,
  );
  await expect(startTaskRouter({ snapshot: __filename })).rejects.toThrow(/is not a snapshot/);
  await expect(startTaskRouter({ snapshot: file, clock: 'system' })).rejects.toThrow(
    /timeouts of its tasks have run out/,
  );
  expect(readFileSync(file, 'utf8')).not.toContain('authToken');
});
