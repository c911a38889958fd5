import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { asCurl, asSdkCode, type FunctionRequest } from '../../assets/lifecycle/request-as-code';
import {
  anywhere,
  projectRoot,
  type Ready,
  TaskrouterProcess,
  workspaceOf,
} from '../support/taskrouter-process';

jest.setTimeout(60_000);
const run = promisify(execFile);
let ready: Ready;

beforeAll(async () => {
  const flags = ['start', '--memory', '--operator-auth', ...anywhere];
  ready = await new TaskrouterProcess(flags).ready();
});
afterAll(() => TaskrouterProcess.endAll());

/** What a terminal has after `eval "$(npx taskrouter env --export)"`. */
const terminal = () => ({
  PATH: process.env.PATH ?? '',
  TWILIO_ACCOUNT_SID: ready.accountSid,
  TWILIO_AUTH_TOKEN: ready.authToken,
  TASKROUTER_BASE_URL: ready.taskrouterUrl,
  WORKSPACE_SID: ready.workspaceSid,
  WORKFLOW_SID: ready.workflowSid,
  OPERATOR_USERNAME: ready.operator.username,
  OPERATOR_PASSWORD: ready.operator.password,
});

/** A replacement for curl, which not every computer has. The shell parses the command line. */
const curl = `
  const [, , method, url, , credentials, ...fields] = process.argv;
  const body = new URLSearchParams(fields.filter((_, index) => index % 2).map((field) => {
    const at = field.indexOf('=');
    return [field.slice(0, at), field.slice(at + 1)];
  }));
  fetch(url, { method, body, headers: { authorization: 'Basic ' + btoa(credentials) } })
    .then((response) => response.text()).then(console.log);
`;

async function inShell(request: FunctionRequest) {
  const { stdout } = await run(
    'sh',
    ['-c', `curl() { node -e "$CURL" -- "$@"; }\n${asCurl(ready.functionsUrl ?? '', request)}`],
    {
      env: { ...terminal(), CURL: curl },
    },
  );
  return JSON.parse(stdout);
}

const asProgram = (request: FunctionRequest) =>
  run(process.execPath, ['-e', asSdkCode(request)], { cwd: projectRoot, env: terminal() });

const attributes = JSON.stringify({ selected_language: 'es', name: `O'Neill $HOME \`id\` "x" ñ` });

it.each([
  ['a curl command', inShell],
  ['a program that uses the SDK', asProgram],
])('takes a task from created to completed as %s', async (_, perform) => {
  const workspace = workspaceOf(ready);
  await perform({ name: 'create-task', parameters: { attributes } });
  const [task] = await workspace.tasks.list({ ordering: 'DateCreated:desc', limit: 1 });
  expect(JSON.parse(task?.attributes ?? '')).toEqual(JSON.parse(attributes));
  const task_sid = task?.sid ?? '';
  const alice = { worker: ready.workers.Alice ?? '' };
  const status = async () => (await workspace.tasks(task_sid).fetch()).assignmentStatus;
  const reservation = async () => {
    const [latest] = await workspace.tasks(task_sid).reservations.list({ reservationStatus: 'pending' });
    return { task_sid, reservation_sid: latest?.sid ?? '' };
  };
  const idle = {
    name: 'set-worker-activity',
    parameters: { ...alice, activity: ready.activities.Idle ?? '' },
  };

  await perform(idle as FunctionRequest);
  const activity = ready.activities.Offline ?? '';
  await perform({ name: 'reject-reservation', parameters: { ...(await reservation()), activity } });
  expect(await status()).toBe('pending');
  await perform(idle as FunctionRequest);
  await perform({ name: 'accept-reservation', parameters: await reservation() });
  expect(await status()).toBe('assigned');
  await perform({ name: 'wrap-up-task', parameters: { task_sid } });
  expect(await status()).toBe('wrapping');
  await perform({ name: 'complete-task', parameters: { task_sid, reason: 'done' } });
  expect(await status()).toBe('completed');
});

it('contains no credentials', () => {
  const request = { name: 'cancel-task', parameters: { task_sid: 'WT1' } } as const;
  const texts = asCurl(ready.functionsUrl ?? '', request) + asSdkCode(request);
  for (const secret of [ready.authToken, ready.operator.password, ready.accountSid])
    expect(texts).not.toContain(secret);
  expect(texts).toContain('"$OPERATOR_USERNAME:$OPERATOR_PASSWORD"');
});
