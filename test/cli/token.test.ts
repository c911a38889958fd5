import path from 'node:path';
import { jwt } from 'twilio';
import { endCommandsAfterAll, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder } from '../support/taskrouter-process';
import { connect, disconnectAll } from '../support/worker-sdk';

endCommandsAfterAll();
afterEach(disconnectAll);

const data = path.join(temporaryFolder(), 'data');
let ready: Ready;
beforeAll(async () => {
  ready = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
});
const token = (...args: string[]) => new TaskrouterCommand(['token', ...args, '--data', data]).ended();
const connectWith = (text: string) => connect({ service: { url: ready.taskrouterUrl } as never }, text);

it('prints a token with which the SDK is a worker', async () => {
  const { code, output } = await token('--worker', 'alice');
  expect(code).toBe(0);
  const worker = await connectWith(output.trim());
  expect(worker.name).toBe('Alice');
});

it('prints what the token is for as JSON', async () => {
  const { output } = await token('--worker', 'Bob', '--role', 'supervisor', '--ttl', '90s', '--json');
  const { expires_at, ...rest } = JSON.parse(output);
  expect(rest).toEqual({
    token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    worker_sid: ready.workers.Bob,
    workspace_sid: ready.workspaceSid,
  });
  expect(Date.parse(expires_at) - Date.now()).toBeLessThan(91_000);
});

it('needs no worker for an admin', async () => {
  const { output } = await token('--role', 'admin', '--json');
  expect(JSON.parse(output)).toMatchObject({ worker_sid: null, workspace_sid: ready.workspaceSid });
});

it('shows the URL and the API key of the SDK in the ready line', async () => {
  expect(ready.eventBridgeUrl).toBe(`${ready.taskrouterUrl}/v1/wschannels`);
  const { apiKeySid, apiKeySecret, accountSid, workspaceSid, workers } = ready;
  const made = new jwt.AccessToken(accountSid, apiKeySid, apiKeySecret, { identity: 'Alice' });
  made.addGrant(
    new jwt.AccessToken.TaskRouterGrant({ workspaceSid, workerSid: workers.Alice as string, role: 'worker' }),
  );
  const worker = await connectWith(made.toJwt());
  expect(worker.sid).toBe(workers.Alice);
});

it.each([
  [[], 3, 'Name a worker: taskrouter token --worker Alice.'],
  [['--worker', 'Nobody'], 6, "There is no Worker 'Nobody': use the name or the SID of one"],
  [['--worker', 'Alice', '--ttl', '2d'], 6, 'out of range: 1 to 86400 whole seconds'],
  [['--worker', 'Alice', '--ttl', 'soon'], 3, "Invalid duration 'soon'"],
])('refuses %j with exit code %i', async (args, expected, message) => {
  const { code, errors } = await token(...args);
  expect({ code, errors }).toEqual({ code: expected, errors: expect.stringContaining(message) });
});

it('says how to start a TaskRouter when none runs', async () => {
  const { code, errors } = await new TaskrouterCommand([
    'token',
    '--worker',
    'Alice',
    '--data',
    path.join(temporaryFolder(), 'nothing'),
  ]).ended();
  expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('No TaskRouter is running') });
});
