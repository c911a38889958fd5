import path from 'node:path';
import { createColors } from 'picocolors';
import type { Twilio } from 'twilio';
import { explainOnTwilio } from '../../src/cli/explain/explain-twilio';
import { printInferred } from '../../src/cli/explain/print';
import type { Subject } from '../../src/cli/explain/subject';
import { exitCode, failureMessage } from '../../src/cli/failure';
import { EngineBench } from '../support/engine-bench';
import { RecordingTerminal } from '../support/recording-terminal';
import { type ServedBench, serveBench } from '../support/serve-bench';
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

describe('--target twilio', () => {
  let bench: EngineBench;
  let served: ServedBench;
  let waiting: string;
  beforeAll(async () => {
    // The command reads the clock of this computer.
    bench = new EngineBench({ startsAt: Date.now() - 60_000 });
    bench.pass(60);
    waiting = bench.addTask();
    served = await serveBench(bench);
  });
  afterAll(() => served.close());

  const environment = {
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: '0123456789abcdef0123456789abcdef',
  };
  const onAccount = async (subject: Subject, more: object = {}) => {
    const terminal = new RecordingTerminal(environment);
    const connect = () => served.client as Twilio;
    const explanation = await explainOnTwilio(terminal, { data, ...more }, subject, connect);
    return { explanation, errors: terminal.errors };
  };

  it('explains a task of an account, and says what is inferred', async () => {
    const { explanation } = await onAccount({ kind: 'task', name: waiting });
    expect(explanation).toMatchObject({
      task_sid: waiting,
      summary:
        'It waits in the queue "Spanish". Alice is Offline, which is not available. Set Alice to Idle.',
      inferred: ['workflow.entered_at', 'workflow.next_deadline'],
    });
    expect(printInferred(explanation.inferred, createColors(false))).toEqual([
      '',
      'Inferred, because REST does not show it: since when it is there; until when.',
    ]);
  });

  it('explains a worker of an account by name', async () => {
    const { explanation } = await onAccount({ kind: 'worker', name: 'alice' });
    expect(explanation).toMatchObject({ worker_name: 'Alice', tasks: [{ task_sid: waiting }], inferred: [] });
  });

  it('changes nothing on the account', async () => {
    await onAccount({ kind: 'worker', name: 'Alice' });
    expect(served.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  });

  it.each<[Subject]>([[{ kind: 'task', name: `WT${'f'.repeat(32)}` }], [{ kind: 'worker', name: 'Nobody' }]])(
    'says that there is no %j',
    async (subject) => {
      const error = await onAccount(subject).catch((reason: unknown) => reason);
      expect(exitCode(error)).toBe(6);
      expect(failureMessage(error)).toMatch(
        /^There is no (task WTf+|worker "Nobody") in the workspace .*choose that one with --workspace-sid or --name\.$/,
      );
    },
  );

  it('lists the workspaces when the choice matches none', async () => {
    const error = await onAccount({ kind: 'worker', name: 'Alice' }, { name: 'Other' }).catch(
      (reason) => reason,
    );
    expect(exitCode(error)).toBe(3);
    expect(failureMessage(error)).toContain(`${bench.workspaceSid}  Tutorial`);
  });

  it('says how far it is on a large account', async () => {
    for (let number = 0; number < 120; number += 1) bench.addTask();
    const { errors } = await onAccount({ kind: 'worker', name: 'Alice' });
    expect(errors).toContain('Read 121 tasks …\n');
  });

  it.each([
    [[`WT${'0'.repeat(32)}`], 3, 'TWILIO_ACCOUNT_SID is not set.'],
    [['--reservation', 'WR1'], 3, 'Only the local TaskRouter records why'],
    [['WT1'], 3, '"WT1" is not the SID of a task, which is WT and 32 hexadecimal digits.'],
  ])('refuses %j without credentials', async (args, expected, message) => {
    const none = { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', ACCOUNT_SID: '', AUTH_TOKEN: '' };
    const { code, errors } = await new TaskrouterCommand(
      ['explain', ...args, '--target', 'twilio'],
      none,
    ).ended();
    expect({ code, errors }).toEqual({ code: expected, errors: expect.stringContaining(message) });
  });
});
