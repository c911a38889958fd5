import path from 'node:path';
import { endCommandsAfterAll, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder, workspaceOf } from '../support/taskrouter-process';

endCommandsAfterAll();

const data = path.join(temporaryFolder(), 'data');
let ready: Ready;
let taskSid: string;
beforeAll(async () => {
  ready = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
  const attributes = JSON.stringify({ selected_language: 'es' });
  taskSid = (await workspaceOf(ready).tasks.create({ attributes })).sid;
});
const explain = (...args: string[]) => new TaskrouterCommand(['explain', ...args, '--data', data]).ended();

it('says why a task waits, where it is, and what is against each worker', async () => {
  const { code, output } = await explain(taskSid);
  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    `${taskSid}  pending`,
    '  It waits in the queue "Customer Care Requests - Spanish". Alice is Offline, which is not available. Set Alice to Idle.',
    '',
    expect.stringMatching(/^Workflow: filter 1, target 1, queue "Customer Care Requests - Spanish", until 2/),
    '  ✓ Spanish: selected_language == "es"',
    '  ✗ English: selected_language == "en"',
    '',
    'Workers, nearest first:',
    '  ✗ Alice is Offline, which is not available',
    '  ✗ Bob is not in the queue "Customer Care Requests - Spanish": languages HAS "es" is false for ["en"]; Bob is Offline, which is not available',
    '',
  ]);
});

it('says why a worker is offered nothing, and which tasks wait', async () => {
  const { output } = await explain('--worker', 'alice');
  expect(output).toContain('  Alice is Offline, which is not available. Set Alice to Idle.\n');
  expect(output).toContain(
    `Waiting tasks, nearest first:\n  ${taskSid}  Alice is Offline, which is not available\n`,
  );
});

it('prints the JSON of the HTTP API', async () => {
  const { output } = await explain(taskSid, '--json');
  expect(JSON.parse(output)).toMatchObject({ task_sid: taskSid, reasons: [{ code: 'not_available' }] });
});

it.each([
  [
    [],
    3,
    'Name a task, a worker, or a reservation: taskrouter explain WT…, --worker Alice, or --reservation WR….',
  ],
  [['WT0', '--worker', 'Alice'], 3, 'Name a task, a worker, or a reservation'],
  [['--reservation', `WR${'0'.repeat(32)}`], 6, 'was offered is not recorded'],
  [['--worker', 'Nobody'], 6, 'explain?worker_name=Nobody was not found'],
])('refuses %j with exit code %i', async (args, expected, message) => {
  const { code, errors } = await explain(...args);
  expect({ code, errors }).toEqual({ code: expected, errors: expect.stringContaining(message) });
});

it('says how to start a TaskRouter when none runs', async () => {
  const { code, errors } = await new TaskrouterCommand([
    'explain',
    taskSid,
    '--data',
    `${data}-none`,
  ]).ended();
  expect({ code, errors }).toEqual({
    code: 3,
    errors: expect.stringContaining('Start it (npx taskrouter start)'),
  });
});

it('says why a reservation went to its worker, and not to the others', async () => {
  const workspace = workspaceOf(ready);
  await workspace.workers(ready.workers.Alice ?? '').update({ activitySid: ready.activities.Idle ?? '' });
  const [reservation] = await workspace.tasks(taskSid).reservations.list();
  const { code, output } = await explain('--reservation', reservation?.sid ?? '');
  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    `${reservation?.sid}  task ${taskSid}`,
    expect.stringMatching(
      /^ {2}It was offered to Alice at .* UTC from the queue "Customer Care Requests - Spanish", because no other worker could be offered it\.$/,
    ),
    '',
    'Workers at that time:',
    '  ✓ Alice was offered it',
    '  ✗ Bob is not in the queue "Customer Care Requests - Spanish": languages HAS "es" is false for ["en"]; Bob is Offline, which is not available',
    '',
  ]);
});
