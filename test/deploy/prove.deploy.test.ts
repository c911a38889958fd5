import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { createProofObjects, proofName } from '../../src/deploy/proof/objects';
import { type ProofNeeds, prove } from '../../src/deploy/proof/prove';
import { ConfigurationError } from '../../src/system/config';
import { SkippedTime } from '../support/skipped-time';
import {
  deployLocally,
  type LocalDeployment,
  type LocalDeploymentOptions,
  tutorial,
} from './local-deployment';

jest.setTimeout(60_000);

let deployment: LocalDeployment;

afterEach(() => deployment.close());

const start = async (options: LocalDeploymentOptions = {}) => {
  deployment = await deployLocally(options);
  return deployment;
};

/** @param skipped ms */
const skippedTime = (skipped = 0) => new SkippedTime(() => deployment.settled(), skipped);

const nonce = '0123456789abcdef';

function proof(options: Partial<ProofNeeds> = {}) {
  const { client, workspaceSid, functions } = deployment;
  return prove({
    client,
    workspaceSid,
    functions,
    time: skippedTime(),
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
    const { workspace } = await start();
    const before = await inventory(workspace);
    const report = await proof();
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
    expect(await inventory(workspace)).toEqual(before);
  });

  it.each(['none', 'reject', 'acept'])(
    'accepts whatever the environment says of other workflows: ASSIGNMENT_INSTRUCTION=%s',
    async (instruction) => {
      await start({ variables: { ASSIGNMENT_INSTRUCTION: instruction } });
      expect(await proof()).toMatchObject({ passed: true });
    },
  );

  it('says each check as it is made', async () => {
    await start();
    const seen: string[] = [];
    const report = await proof({ onCheck: ({ name }) => seen.push(name) });
    expect(seen).toEqual(report.checks.map((check) => check.name));
  });
});

describe('beside other people’s work, the proof', () => {
  it('offers no agent its task, and takes no task of a customer', async () => {
    const { workspace } = await start();
    const activities = await workspace.activities.list();
    const idle = activities.find(({ available }) => available)?.sid as string;
    const [bob] = await workspace.workers.list({ friendlyName: 'Bob' });
    const customers = await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
    await workspace.workers(bob?.sid as string).update({ activitySid: idle });
    expect(await proof()).toMatchObject({ passed: true });
    expect(await workspace.workers(bob?.sid as string).reservations.list()).toEqual([]);
    expect(await workspace.tasks(customers.sid).fetch()).toMatchObject({ assignmentStatus: 'pending' });
    expect(await workspace.tasks(customers.sid).reservations.list()).toEqual([]);
  });

  it('keeps its worker from a queue that takes everybody, by a task channel of its own', async () => {
    const { workspace } = await start({ desired: { ...withCatchAll, multiTaskEnabled: true } });
    const [queue] = await workspace.taskQueues.list({ friendlyName: 'Everybody' });
    const customers = await workspace.tasks.create({
      attributes: '{"selected_language":"es"}',
      routingTarget: queue?.sid as string,
    });
    const before = await inventory(workspace);
    const report = await proof();
    expect(report).toMatchObject({ passed: true, notes: [] });
    expect(report.checks[1]?.detail).toMatch(/only on taskrouter_proof_0123456789abcdef/);
    expect(await workspace.tasks(customers.sid).reservations.list()).toEqual([]);
    expect(await inventory(workspace)).toEqual(before);
  });

  it('is refused in a single-tasking workspace with such a queue, which it names, and makes nothing', async () => {
    const { workspace } = await start({ desired: withCatchAll });
    const before = await inventory(workspace);
    const refusal = await proof().catch((error) => error);
    expect(refusal).toBeInstanceOf(ConfigurationError);
    expect(refusal.message).toMatch(/"Everybody" \(1==1\) would offer tasks.*--no-prove/);
    expect(await inventory(workspace)).toEqual(before);
  });

  it('is refused where a queue takes the worker by a field of its own', async () => {
    const byName = { friendlyName: 'By name', targetWorkers: 'friendly_name CONTAINS "proof"' };
    const desired = { ...tutorial, taskQueues: [...tutorial.taskQueues, byName] };
    const { workspace } = await start({ desired });
    const before = await inventory(workspace);
    const refusal = await proof().catch((error) => error);
    expect(refusal).toBeInstanceOf(ConfigurationError);
    expect(refusal.message).toMatch(/"By name" \(friendly_name CONTAINS "proof"\) would offer tasks/);
    expect(await inventory(workspace)).toEqual(before);
  });
});

describe('the proof fails', () => {
  const answering = (answer: string) => ({
    'assignment-callback.protected.js': `exports.handler = (context, event, callback) => ${answer};`,
  });

  it.each<[string, Record<string, string | null>, RegExp]>([
    [
      'when the callback gives no instruction',
      answering('callback(null, {})'),
      /reservation is still pending after 30 s: the assignment callback gave no instruction.*assignment-policy/,
    ],
    [
      'when the callback ends with an error',
      answering("callback(new Error('boom'))"),
      /not accepted within 30 s; it is canceled.*Twilio's debugger/,
    ],
    [
      'when the callback is open to everybody',
      {
        'assignment-callback.protected.js': null,
        'assignment-callback.js': 'exports.handler = (context, event, callback) => callback(null, {});',
      },
      /returned 200 to a request without Twilio's signature. Deploy it as protected/,
    ],
    [
      'when there is no callback',
      { 'assignment-callback.protected.js': null },
      /There is no \/assignment-callback at http:.*npm run deploy/,
    ],
    [
      'when a task cannot be completed',
      { 'complete-task.js': 'exports.handler = (context, event, callback) => callback(null, {});' },
      /The task is undefined after \/complete-task instead of completed/,
    ],
  ])('%s, says why, and leaves nothing behind', async (_, functions, reason) => {
    const { workspace } = await start({ functions });
    const before = await inventory(workspace);
    const report = await proof();
    expect(report).toMatchObject({ passed: false, notes: [] });
    expect(report.failure).toMatch(reason);
    expect(report.checks.at(-1)).toMatchObject({ passed: false });
    expect(await inventory(workspace)).toEqual(before);
  });

  it('when the operator is another one there', async () => {
    const { stranger } = await start();
    const { failure } = await proof({ functions: stranger() });
    expect(failure).toMatch(
      /\/create-task returned 401.*OPERATOR_USERNAME and OPERATOR_PASSWORD differ from yours/,
    );
  });

  it('when the Functions work in another workspace', async () => {
    const { client } = await start();
    const other = await client.taskrouter.v1.workspaces.create({ friendlyName: 'Other' });
    const { failure } = await proof({ workspaceSid: other.sid });
    expect(failure).toMatch(/\/create-task returned 4\d\d/);
  });
});

describe('a proof that does not come to its end', () => {
  it('removes what it made when it is given up', async () => {
    const { workspace } = await start({
      functions: {
        'assignment-callback.protected.js':
          'exports.handler = (context, event, callback) => callback(null, {});',
      },
    });
    const before = await inventory(workspace);
    const stop = new AbortController();
    const onCheck = ({ name }: { name: string }) => {
      if (name === 'Worker available') stop.abort(new Error('Ctrl+C'));
    };
    await expect(proof({ onCheck, signal: stop.signal })).rejects.toThrow('Ctrl+C');
    expect(await inventory(workspace)).toEqual(before);
  });

  it('is tidied up by a later one, once it is ten minutes old and not before', async () => {
    const { workspace, host } = await start();
    const before = await inventory(workspace);
    const crashed = proofName('fedcba9876543210');
    const { workerSid, workflowSid } = await createProofObjects(workspace, crashed, host.url, 'own-channel');
    await workspace.tasks.create({ workflowSid, attributes: JSON.stringify(crashed.attributes) });
    const left = await inventory(workspace);
    expect(left).toContain(workerSid);

    expect(await proof()).toMatchObject({ passed: true, notes: [] });
    expect(await inventory(workspace)).toEqual(left);

    expect(await proof({ time: skippedTime(11 * 60_000) })).toMatchObject({ passed: true, notes: [] });
    expect(await inventory(workspace)).toEqual(before);
  });

  it('leaves what only looks like its own', async () => {
    const { workspace } = await start();
    await workspace.taskQueues.create({
      friendlyName: 'taskrouter proof of concept',
      targetWorkers: 'a == 1',
    });
    const before = await inventory(workspace);
    expect(await proof({ time: skippedTime(11 * 60_000) })).toMatchObject({ passed: true });
    expect(await inventory(workspace)).toEqual(before);
  });
});
