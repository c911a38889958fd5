import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endCommandsAfterAll, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder, workspaceOf } from '../support/taskrouter-process';

endCommandsAfterAll();

const serve = (data: string, ...more: string[]) =>
  new TaskrouterCommand(['serve', ...anywhere, '--data', data, ...more]);
const snapshot = (...args: string[]) => new TaskrouterCommand(['snapshot', ...args]).ended();

/** A task that waits, in a service with a virtual clock. */
async function used(data: string) {
  const run = serve(data, '--clock', 'virtual');
  const ready = await run.ready();
  const workspace = workspaceOf(ready);
  const task = await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  await new TaskrouterCommand(['clock', 'advance', '1m', '--data', data]).ended();
  return { run, ready, workspace, task };
}

const tasksOf = async (ready: Ready, workspaceSid: string) => {
  const tasks = await workspaceOf({ ...ready, workspaceSid }).tasks.list();
  return tasks.map(({ sid, assignmentStatus, age }) => ({ sid, assignmentStatus, age }));
};

const folder = temporaryFolder();
const file = path.join(folder, 'situation.jsonl');
let first: Awaited<ReturnType<typeof used>>;
const data = path.join(folder, 'first');

beforeAll(async () => {
  first = await used(data);
  expect(await snapshot('save', file, '--data', data)).toMatchObject({
    code: 0,
    output: expect.stringContaining('1 task,'),
  });
});

it('writes a file that only its owner can read, without the credentials', () => {
  const text = readFileSync(file, 'utf8');
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  const { authToken, apiKeySecret, operator, accountSid } = first.ready;
  for (const secret of [authToken, apiKeySecret, operator.password, accountSid])
    expect(text).not.toContain(secret);
});

it('overwrites a file only with --force', async () => {
  expect(await snapshot('save', file, '--data', data)).toMatchObject({
    code: 3,
    errors: expect.stringContaining('--force'),
  });
  expect((await snapshot('save', file, '--data', data, '--force', '--json')).output).toContain('"tasks": 1');
});

it('opens the situation in another running service, whose state it replaces only with --force', async () => {
  const other = path.join(folder, 'running');
  const ready = await serve(other, '--clock', 'virtual').ready();
  const refused = await snapshot('load', file, '--data', other);
  expect(refused).toMatchObject({ code: 3, errors: expect.stringContaining('--force') });
  const loaded = await snapshot('load', file, '--data', other, '--force');
  expect(loaded).toMatchObject({ code: 0, output: expect.stringContaining('1 task,') });
  expect(loaded.output).toContain(`clock advance 1m --data ${other}\n`);
  expect(await tasksOf(ready, first.ready.workspaceSid)).toEqual(
    await tasksOf(first.ready, first.ready.workspaceSid),
  );
  const explained = await new TaskrouterCommand(['explain', first.task.sid, '--data', other]).ended();
  expect(explained.output).toContain('Alice is Offline');
});

it('refuses a running service with the system clock, by which everything would time out', async () => {
  const other = path.join(folder, 'system');
  await serve(other).ready();
  const ended = await snapshot('load', file, '--data', other, '--force');
  expect(ended).toMatchObject({ code: 3, errors: expect.stringContaining('--clock virtual') });
});

it('loads into a directory on which nothing runs, and saves from one', async () => {
  const other = path.join(folder, 'stopped');
  const loaded = await snapshot('load', file, '--data', other);
  expect(loaded).toMatchObject({ code: 0, output: expect.stringContaining('--clock virtual') });
  const again = path.join(folder, 'again.jsonl');
  expect((await snapshot('save', again, '--data', other)).code).toBe(0);
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));

  const ready = await serve(other, '--clock', 'virtual').ready();
  expect(ready.accountSid).not.toBe(first.ready.accountSid);
  expect({ ...ready.workers, workspaceSid: ready.workspaceSid }).toEqual({
    ...first.ready.workers,
    workspaceSid: first.ready.workspaceSid,
  });
  expect(await tasksOf(ready, ready.workspaceSid)).toEqual(
    await tasksOf(first.ready, first.ready.workspaceSid),
  );
});

it('refuses a damaged or a newer file with exit code 5, and creates no directory', async () => {
  const other = path.join(folder, 'none');
  const text = readFileSync(file, 'utf8');
  const broken = path.join(folder, 'broken.jsonl');
  writeFileSync(broken, text.replace('"pending"', '"waiting"'));
  expect(await snapshot('load', broken, '--data', other)).toMatchObject({
    code: 5,
    errors: expect.stringMatching(
      /broken\.jsonl is damaged \(line \d+: table tasks, row WT\w+: status is not one of/,
    ),
  });
  writeFileSync(broken, text.replace(/"version":\d+/, '"version":999'));
  expect(await snapshot('load', broken, '--data', other)).toMatchObject({
    code: 5,
    errors: expect.stringContaining('newer taskrouter-lifecycle'),
  });
  expect(existsSync(other)).toBe(false);
});

it('says what is missing', async () => {
  const none = path.join(folder, 'none');
  expect(await snapshot('load', none, '--data', none)).toMatchObject({
    code: 3,
    errors: expect.stringContaining('ENOENT'),
  });
  expect(await snapshot('save', none, '--data', none)).toMatchObject({
    code: 3,
    errors: expect.stringContaining('nothing to save'),
  });
  expect(await snapshot()).toMatchObject({
    code: 3,
    errors: expect.stringContaining('taskrouter snapshot save FILE'),
  });
  expect(await snapshot('open')).toMatchObject({
    code: 3,
    errors: expect.stringContaining('taskrouter snapshot --help'),
  });
});
