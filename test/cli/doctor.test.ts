import path from 'node:path';
import { sourceHash } from '../../src/system/project-sources';
import { FunctionsDouble } from '../support/functions-double';
import { endCommandsAfterAll, TaskrouterCommand } from '../support/taskrouter-command';
import {
  anywhere,
  projectRoot,
  type Ready,
  temporaryFolder,
  workspaceOf,
} from '../support/taskrouter-process';

endCommandsAfterAll();

const data = path.join(temporaryFolder(), 'data');

const functions = new FunctionsDouble();
let functionsUrl: string;
let ready: Ready;

beforeAll(async () => {
  await functions.listen();
  functionsUrl = functions.url;
  const serve = ['serve', ...anywhere, '--data', data, '--functions-url', functionsUrl];
  ready = await new TaskrouterCommand(serve).ready();
});
beforeEach(async () => {
  const build = await sourceHash(projectRoot, 'functions');
  functions.set({ build, lifecycleStatus: 200, authToken: ready.authToken, configurationErrors: [] });
});
afterAll(() => functions.close());

const doctor = (...args: string[]) => new TaskrouterCommand(['doctor', '--data', data, ...args]).ended();

async function codes(...args: string[]): Promise<[string, string][]> {
  const { output } = await doctor('--json', ...args);
  const { findings } = JSON.parse(output) as { findings: { code: string; place: string }[] };
  return findings.map(({ code, place }) => [code, place]);
}

it('exits with 0 when nothing is stuck', async () => {
  expect(await doctor()).toEqual({
    code: 0,
    output: `Nothing is stuck in the local TaskRouter at ${ready.taskrouterUrl}.\n`,
    errors: '',
  });
});

it('says what is stuck, and what fixes it, and exits with 2', async () => {
  const workspace = workspaceOf(ready);
  const worker = workspace.workers(ready.workers.Alice as string);
  const task = await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  await worker.update({ activitySid: ready.activities.Idle as string });
  await worker.update({ activitySid: ready.activities.Offline as string });
  const { code, output } = await doctor();
  await worker.update({ activitySid: ready.activities.Offline as string, rejectPendingReservations: true });
  await workspace.tasks(task.sid).remove();
  expect(code).toBe(2);
  const [first, second, , last] = output.split('\n');
  expect(first).toMatch(/^WR[0-9a-f]{32} {2}warning {2}offered_to_offline_worker$/);
  expect(second).toMatch(
    new RegExp(
      `^ {2}${task.sid} is offered to Alice, who has been Offline for \\d+ s, and waits 1?\\d min( \\d+ s)? until the offer times out\\. Reject the offer: curl -u .*/Tasks/${task.sid}/Reservations/WR[0-9a-f]{32}"$`,
    ),
  );
  expect(last).toBe(
    '1 warning. The curl commands need the variables of: eval "$(npx taskrouter env --export)"',
  );
});

describe('the Functions', () => {
  it.each([
    ['are another build', { build: 'other' }, 'functions_of_another_build'],
    ['miss a variable', { configurationErrors: ['X is missing.'] }, 'functions_misconfigured'],
    ['reject the operator', { lifecycleStatus: 401, build: null }, 'operator_rejected'],
    ['fail', { lifecycleStatus: 500, build: null }, 'functions_unreachable'],
    ['are not there, but something else', { lifecycleStatus: 404, build: null }, 'functions_unreachable'],
  ])('%s', async (_, state, code) => {
    functions.set(state);
    expect(await codes()).toEqual([[code, functionsUrl]]);
  });

  it('refuse signatures, because they have the token of another account', async () => {
    functions.set({ authToken: 'another' });
    expect(await codes()).toContainEqual(['signature_refused', `${functionsUrl}/event-callback`]);
  });

  it('are not there', async () => {
    const nobody = 'http://127.0.0.1:9';
    expect(await codes('--functions-url', `${nobody}/`)).toEqual([['functions_unreachable', nobody]]);
  });
});

it('names a callback URL that nobody is at, without what it could hold of secrets', async () => {
  const workflow = workspaceOf(ready).workflows(ready.workflowSid);
  const { assignmentCallbackUrl } = await workflow.fetch();
  await workflow.update({ assignmentCallbackUrl: 'http://user:secret@127.0.0.1:9/assign?token=secret' });
  const { output } = await doctor('--json');
  await workflow.update({ assignmentCallbackUrl });
  expect(JSON.parse(output).findings).toEqual([
    expect.objectContaining({
      code: 'callback_unreachable',
      place: 'http://127.0.0.1:9/assign',
      message: 'Nothing responds there (ECONNREFUSED)',
      remedy: expect.stringContaining('npx taskrouter wire'),
    }),
  ]);
  expect(output).not.toContain('secret');
});

it('says how to start a TaskRouter when none runs', async () => {
  const { code, errors } = await new TaskrouterCommand(['doctor', '--data', `${data}-none`]).ended();
  expect({ code, errors }).toEqual({
    code: 3,
    errors: expect.stringContaining('Start it (npx taskrouter start)'),
  });
});
