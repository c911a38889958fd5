import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { createProofObjects, proofName } from '../../src/deploy/proof/objects';
import { type ProofNeeds, prove } from '../../src/deploy/proof/prove';
import { ConfigurationError } from '../../src/system/config';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { SkippedTime } from '../support/skipped-time';
import {
  deployLocally,
  type LocalDeployment,
  type LocalDeploymentOptions,
  tutorial,
} from './local-deployment';

jest.setTimeout(60_000);

const started: LocalDeployment[] = [];
afterAll(() => Promise.all(started.map((each) => each.close())));

const start = async (options: LocalDeploymentOptions = {}) => {
  const deployment = await deployLocally(options);
  started.push(deployment);
  return deployment;
};

/** The project's own Functions, with a setting that applies to no proof. */
let project: LocalDeployment;
beforeAll(async () => {
  project = await start({ variables: { ASSIGNMENT_INSTRUCTION: 'acept' } });
});

/** @param skipped ms */
const skippedTime = ({ settled }: LocalDeployment, skipped = 0) => new SkippedTime(settled, skipped);

const nonce = '0123456789abcdef';

function proof(deployment: LocalDeployment, options: Partial<ProofNeeds> = {}) {
  const { client, workspaceSid, functions } = deployment;
  return prove({
    client,
    workspaceSid,
    functions,
    time: skippedTime(deployment),
    newNonce: () => nonce,
    ...options,
  });
}

/** Everything in the workspace that has a name, and every task. */
async function inventory(workspace: WorkspaceContext): Promise<string[]> {
  const lists = await Promise.all([
    workspace.taskQueues.list(),
    workspace.workflows.list(),
    workspace.workers.list(),
    workspace.taskChannels.list(),
    workspace.tasks.list(),
  ]);
  return lists.flat().map(({ sid }) => sid);
}

const everybody = { friendlyName: 'Everybody', targetWorkers: '1==1' };
const withCatchAll = { ...tutorial, taskQueues: [...tutorial.taskQueues, everybody] };

describe('the proof of a deployment', () => {
  it('takes a task through the deployed Functions, and leaves nothing behind', async () => {
    const before = await inventory(project.workspace);
    const seen: string[] = [];
    const report = await proof(project, { onCheck: ({ name }) => seen.push(name) });
    expect(report).toMatchObject({ passed: true, failure: null, notes: [] });
    expect(report.checks.map(({ name, passed }) => [name, passed])).toEqual([
      ['Unsigned requests refused', true],
      ['Task queue, workflow, and worker created', true],
      ['Task created', true],
      ['Worker available', true],
      ['Reservation accepted by the callback', true],
      ['Task wrapping', true],
      ['Task completed', true],
      ['Events', true],
    ]);
    expect(report.checks.at(-1)?.detail).toMatch(/task\.created.*reservation\.accepted.*task\.completed/);
    expect(seen).toEqual(report.checks.map(({ name }) => name));
    expect(await inventory(project.workspace)).toEqual(before);
  });
});

describe('besides the work of others, the proof', () => {
  it('offers its task to no agent, and takes no task of a customer', async () => {
    const { workspace } = project;
    const activities = await workspace.activities.list();
    const idle = activities.find(({ available }) => available)?.sid as string;
    const [bob] = await workspace.workers.list({ friendlyName: 'Bob' });
    const customers = await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
    await workspace.workers(bob?.sid as string).update({ activitySid: idle });
    expect(await proof(project)).toMatchObject({ passed: true });
    expect(await workspace.workers(bob?.sid as string).reservations.list()).toEqual([]);
    expect(await workspace.tasks(customers.sid).fetch()).toMatchObject({ assignmentStatus: 'pending' });
    expect(await workspace.tasks(customers.sid).reservations.list()).toEqual([]);
  });

  it('keeps its worker from a queue of all workers, with a task channel of its own', async () => {
    const deployment = await start({ desired: { ...withCatchAll, multiTaskEnabled: true } });
    const { workspace } = deployment;
    const [queue] = await workspace.taskQueues.list({ friendlyName: 'Everybody' });
    const customers = await workspace.tasks.create({
      attributes: '{"selected_language":"es"}',
      routingTarget: queue?.sid as string,
    });
    const before = await inventory(workspace);
    const report = await proof(deployment);
    expect(report).toMatchObject({ passed: true, notes: [] });
    expect(report.checks[1]?.detail).toMatch(/only on taskrouter_proof_0123456789abcdef/);
    expect(await workspace.tasks(customers.sid).reservations.list()).toEqual([]);
    expect(await inventory(workspace)).toEqual(before);
  });

  it.each([
    [
      'in a single-tasking workspace with such a queue',
      everybody,
      /"Everybody" \(1==1\) would offer tasks.*--no-prove/,
    ],
    [
      'where a queue matches the worker by a field of its own',
      { friendlyName: 'By name', targetWorkers: 'friendly_name CONTAINS "proof"' },
      /"By name" \(friendly_name CONTAINS "proof"\) would offer tasks/,
    ],
  ])('is rejected %s, which it names, and creates nothing', async (_, queue, reason) => {
    const { client } = project;
    const { friendlyName } = queue;
    const desired = { ...tutorial, friendlyName, taskQueues: [...tutorial.taskQueues, queue] };
    const { workspaceSid } = await applyWorkspace({ client, desired, functionsUrl: null });
    const workspace = client.taskrouter.v1.workspaces(workspaceSid);
    const before = await inventory(workspace);
    const error = await proof(project, { workspaceSid }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(reason);
    expect(await inventory(workspace)).toEqual(before);
  });
});

/** Functions that respond as the file beside them says. */
const scripted = (name: string) =>
  `exports.handler = (context, event, callback) => eval(require('node:fs').readFileSync('${name}.txt', 'utf8'));`;
const emptyResponse = 'callback(null, {})';

describe('with other Functions, the proof', () => {
  let deployment: LocalDeployment;
  let before: string[];

  beforeAll(async () => {
    deployment = await start({
      functions: {
        'assignment-callback.protected.js': scripted('assignment-callback'),
        'complete-task.js': scripted('complete-task'),
      },
    });
    before = await inventory(deployment.workspace);
  });
  beforeEach(() => {
    deployment.write('assignment-callback.txt', `callback(null, { instruction: 'accept' })`);
    deployment.write('complete-task.txt', emptyResponse);
  });

  it.each<[string, string, string, RegExp]>([
    [
      'when the callback gives no instruction',
      'assignment-callback.txt',
      emptyResponse,
      /reservation is still pending after 30 s: the assignment callback gave no instruction.*assignment-policy/,
    ],
    [
      'when the callback ends with an error',
      'assignment-callback.txt',
      "callback(new Error('boom'))",
      /not accepted within 30 s; it is canceled.*Twilio's debugger/,
    ],
    [
      'when a task cannot be completed',
      'complete-task.txt',
      emptyResponse,
      /The task is undefined after \/complete-task instead of completed/,
    ],
  ])('fails %s, with the reason, and leaves nothing behind', async (_, file, response, reason) => {
    deployment.write(file, response);
    await expectFailure(deployment, reason);
  });

  it('removes what it created when it is interrupted', async () => {
    deployment.write('assignment-callback.txt', emptyResponse);
    const stop = new AbortController();
    const onCheck = ({ name }: { name: string }) => {
      if (name === 'Worker available') stop.abort(new Error('Ctrl+C'));
    };
    await expect(proof(deployment, { onCheck, signal: stop.signal })).rejects.toThrow('Ctrl+C');
    expect(await inventory(deployment.workspace)).toEqual(before);
  });

  it.each<[string, Record<string, string | null>, RegExp]>([
    [
      'when the callback is open to everybody',
      {
        'assignment-callback.protected.js': null,
        'assignment-callback.js': `exports.handler = (context, event, callback) => ${emptyResponse};`,
      },
      /returned 200 to a request without Twilio's signature. Deploy it as protected/,
    ],
    [
      'when there is no callback',
      { 'assignment-callback.protected.js': null },
      /There is no \/assignment-callback at http:.*npm run deploy/,
    ],
  ])('fails %s, with the reason, and leaves nothing behind', async (_, functions, reason) => {
    await expectFailure(await start({ functions }), reason);
  });
});

async function expectFailure(deployment: LocalDeployment, reason: RegExp): Promise<void> {
  const before = await inventory(deployment.workspace);
  const report = await proof(deployment);
  expect(report).toMatchObject({ passed: false, notes: [] });
  expect(report.failure).toMatch(reason);
  expect(report.checks.at(-1)).toMatchObject({ passed: false });
  expect(await inventory(deployment.workspace)).toEqual(before);
}

describe('the proof fails', () => {
  it('when the operator there is another one', async () => {
    const { failure } = await proof(project, { functions: project.stranger() });
    expect(failure).toMatch(
      /\/create-task returned 401.*OPERATOR_USERNAME and OPERATOR_PASSWORD differ from yours/,
    );
  });

  it('when the Functions work in another workspace', async () => {
    const other = await project.client.taskrouter.v1.workspaces.create({ friendlyName: 'Other' });
    const { failure } = await proof(project, { workspaceSid: other.sid });
    expect(failure).toMatch(/\/create-task returned 4\d\d/);
  });
});

describe('a proof that crashed', () => {
  it('is cleaned up by a later one, once it is ten minutes old and not before', async () => {
    const { workspace, host } = project;
    const before = await inventory(workspace);
    const crashed = proofName('fedcba9876543210');
    const { workerSid, workflowSid } = await createProofObjects(workspace, crashed, host.url, 'own-channel');
    await workspace.tasks.create({ workflowSid, attributes: JSON.stringify(crashed.attributes) });
    const left = await inventory(workspace);
    expect(left).toContain(workerSid);

    expect(await proof(project)).toMatchObject({ passed: true, notes: [] });
    expect(await inventory(workspace)).toEqual(left);

    const time = skippedTime(project, 11 * 60_000);
    expect(await proof(project, { time })).toMatchObject({ passed: true, notes: [] });
    expect(await inventory(workspace)).toEqual(before);
  });

  it('does not make a later one remove what has a similar name', async () => {
    const { workspace } = project;
    await workspace.taskQueues.create({
      friendlyName: 'taskrouter proof of concept',
      targetWorkers: 'a == 1',
    });
    const before = await inventory(workspace);
    const time = skippedTime(project, 11 * 60_000);
    expect(await proof(project, { time })).toMatchObject({ passed: true });
    expect(await inventory(workspace)).toEqual(before);
  });
});
