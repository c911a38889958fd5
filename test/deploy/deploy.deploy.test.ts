import path from 'node:path';
import { uploadWithTwilioRun } from '../../src/deploy/upload/upload';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import type { ToolResult } from '../../src/rehearsal/run-tool';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { readWorkspaceFile } from '../../src/workspace/file/desired';
import { operator } from '../support/operator';
import {
  deployedFiles,
  endAll,
  expectedFiles,
  projectRoot,
  startTestEmulator,
  variables,
} from '../support/rehearsal';
import { TaskrouterCommand } from '../support/taskrouter-command';
import { Clone, callbackUrls, clientOf, namesIn, tutorialNames } from './project-clone';

let emulator: TwilioEmulator;

beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(endAll);

const changing = () => emulator.serverless.requests.filter(({ method }) => method !== 'GET');
const theEnvironment = () => emulator.serverless.environments[0];
const variablesThere = () => {
  const environment = theEnvironment();
  const found = environment ? emulator.serverless.variablesOf(environment) : [];
  return Object.fromEntries(found.map(({ key, value }) => [key, value]));
};
/** Names other than the tutorial's and the built-in channels'. */
const strayNames = async () => {
  const builtIn = ['Default', 'Voice', 'Programmable Chat', 'SMS', 'Video'];
  const known = new Set([...tutorialNames, ...builtIn]);
  const names = await namesIn(clientOf(emulator));
  return names.filter((name) => !known.has(name) && !/^(default|voice|chat|sms|video)$/i.test(name));
};

/** Shows the output of a command that failed. */
function expectSuccess({ code, output }: ToolResult): void {
  if (code !== 0) throw new Error(`exited with ${code}: ${output}`);
}

function expectNoSecret(output: string): void {
  const { authToken } = emulator.account;
  expect(output).not.toContain(authToken);
  // twilio-run would print one end of it beside a mask. Four characters alone also occur in other words by chance.
  expect(output).not.toContain(`${authToken.slice(0, 4)}*`);
  expect(output).not.toContain(`*${authToken.slice(-4)}`);
  expect(output).not.toContain(operator.password);
}

it('deploys to an empty account, deploys again, and changes nothing when an upload fails', async () => {
  const clone = await Clone.of(emulator);
  const first = await clone.deploy();
  expectSuccess(first);
  const origin = `https://${theEnvironment()?.domainName}`;
  expect(first.output).toMatch(
    /Workspace\n[\s\S]*Upload\n[\s\S]*Wire\n[\s\S]*Prove\n[\s\S]*✓ Task completed/,
  );
  expect(first.output).toContain(`${origin}/create-task`);
  expect(await callbackUrls(clientOf(emulator))).toEqual([
    `${origin}/event-callback`,
    `${origin}/assignment-callback`,
  ]);
  const { WORKSPACE_SID, WORKFLOW_SID, ...others } = variablesThere();
  expect(others).toEqual({
    DEFAULT_TASK_ATTRIBUTES: variables.DEFAULT_TASK_ATTRIBUTES,
    OPERATOR_PASSWORD: operator.password,
    OPERATOR_USERNAME: operator.username,
  });
  expect(clone.read('.env.deploy')).toMatch(
    new RegExp(`WORKSPACE_SID=${WORKSPACE_SID}\nWORKFLOW_SID=${WORKFLOW_SID}\n$`),
  );
  expectNoSecret(first.output);

  clone.rebuild('0123456789ab');
  const text = clone.read('.env.deploy').replace(/DEFAULT_TASK_ATTRIBUTES=.*/, '');
  clone.write('.env.deploy', `${text}ASSIGNMENT_INSTRUCTION=accept\n`);
  const second = await clone.deploy();
  expectSuccess(second);
  expect(second.output).toMatch(/No longer set: DEFAULT_TASK_ATTRIBUTES\./);
  expect(second.output).toContain('Callbacks already point there.');
  expect(second.output).toMatch(/✓ Task completed[\s\S]*build 0123456789ab is running/);
  expect(Object.keys(variablesThere()).sort()).toEqual([
    'ASSIGNMENT_INSTRUCTION',
    'OPERATOR_PASSWORD',
    'OPERATOR_USERNAME',
    'WORKFLOW_SID',
    'WORKSPACE_SID',
  ]);
  expect(emulator.serverless.services).toHaveLength(1);
  expect(await strayNames()).toEqual([]);

  const deployed = theEnvironment()?.buildSid;
  emulator.serverless.failNextBuild();
  const third = await clone.deploy();
  expect(third).toMatchObject({ code: 6 });
  expect(third.output).toContain('The upload failed: told to fail.');
  expect(third.output).not.toMatch(/ Wire$/m);
  expect(theEnvironment()?.buildSid).toBe(deployed);
  expect(emulator.serverless.deployments).toHaveLength(2);
  expectNoSecret(third.output);
  expect(emulator.refused).toEqual([]);
});

describe('with twilio-run', () => {
  it('uploads the Functions, the assets, the dependencies, and the variables, with an API key that it keeps secret', async () => {
    const clone = await Clone.of(emulator);
    const { sid, secret } = emulator.account.apiKey;
    const more = { TWILIO_AUTH_TOKEN: '', TWILIO_API_KEY: sid, TWILIO_API_SECRET: secret };
    const { code, output } = await clone.deploy([], { more, upload: uploadWithTwilioRun });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/✓ Task completed/) });
    expect(deployedFiles(emulator)).toEqual(expectedFiles);
    expect(emulator.serverless.services).toMatchObject([
      { uniqueName: 'taskrouter-lifecycle', includeCredentials: true },
    ]);
    expect(emulator.serverless.builds).toMatchObject([
      {
        runtime: 'node22',
        dependencies: [
          { name: '@twilio/runtime-handler', version: '2.1.0' },
          { name: 'twilio', version: '6.2.0' },
        ],
      },
    ]);
    expect(emulator.serverless.deployments).toHaveLength(1);
    expect(emulator.refused).toEqual([]);
    expectNoSecret(output);
    expect(output).not.toContain(secret);
    expect(Object.keys(variablesThere()).sort()).toEqual([
      'DEFAULT_TASK_ATTRIBUTES',
      'OPERATOR_PASSWORD',
      'OPERATOR_USERNAME',
      'WORKFLOW_SID',
      'WORKSPACE_SID',
    ]);
    const there = JSON.stringify(variablesThere());
    expect(there).not.toContain(sid);
    expect(there).not.toContain(secret);

    expect((await clone.wire([], more)).code).toBe(0);
    const wrong = { ...more, TWILIO_API_SECRET: 'another' };
    expect(await clone.deploy([], { more: wrong, upload: uploadWithTwilioRun })).toMatchObject({ code: 6 });
  });

  it('fails when the build fails, and deploys nothing', async () => {
    const clone = await Clone.of(emulator);
    emulator.serverless.failNextBuild();
    const { code, output } = await clone.deploy([], { upload: uploadWithTwilioRun });
    expect(code).toBe(6);
    expect(output).toContain('The upload failed: twilio-run exited with 1.');
    expect(emulator.serverless.deployments).toEqual([]);
    expectNoSecret(output);
  });
});

it('changes nothing in a dry run, and shows every change', async () => {
  const clone = await Clone.of(emulator);
  const before = clone.read('.env.deploy');
  const { code, output } = await clone.deploy(['--dry-run']);
  expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
  expect(output).toMatch(/Service +will be created/);
  expect(output).toMatch(/\+ workspace "Customer Care"/);
  expect(output).toMatch(/protected +\/assignment-callback\n[\s\S]*public +\/assets\/index\.html/);
  expect(output).toMatch(
    /variables +DEFAULT_TASK_ATTRIBUTES, OPERATOR_PASSWORD, OPERATOR_USERNAME, WORKFLOW_SID, WORKSPACE_SID/,
  );
  expect(changing()).toEqual([]);
  expect(await clientOf(emulator).taskrouter.v1.workspaces.list()).toEqual([]);
  expect(clone.read('.env.deploy')).toBe(before);
  expectNoSecret(output);
});

it('ends with one line of JSON for machines', async () => {
  const clone = await Clone.of(emulator);
  const { code, output } = await clone.deploy(['--json', '--no-prove']);
  expect(code).toBe(0);
  const line = output.split('\n').find((each) => each.startsWith('{"event":"deployed"'));
  expect(JSON.parse(line as string)).toEqual({
    event: 'deployed',
    functionsUrl: `https://${theEnvironment()?.domainName}`,
    build: JSON.parse(clone.read('dist/artifact.json')).build,
    workspaceSid: expect.stringMatching(/^WS/),
    workflowSid: expect.stringMatching(/^WW/),
    serviceSid: emulator.serverless.services[0]?.sid,
    environmentSid: theEnvironment()?.sid,
    buildSid: theEnvironment()?.buildSid,
    proof: null,
  });
  expectNoSecret(output);
});

it('deploys to another account even if .env.deploy names a workspace of the previous one', async () => {
  const clone = await Clone.of(emulator);
  expectSuccess(await clone.deploy(['--no-prove']));
  const first = clone.read('.env.deploy');
  const elsewhere = clone.in(await startTestEmulator());
  expectSuccess(await elsewhere.deploy(['--dry-run']));
  expectSuccess(await elsewhere.deploy(['--no-prove']));
  expect(clone.read('.env.deploy')).not.toBe(first);
  expectSuccess(await clone.deploy(['--no-prove']));
  expect(clone.read('.env.deploy')).toBe(first);
});

describe('resources that were not created from this folder', () => {
  it('are not replaced without --yes', async () => {
    const service = emulator.serverless.addService('taskrouter-lifecycle');
    const clone = await Clone.of(emulator);
    const refused = await clone.deploy();
    expect(refused).toMatchObject({ code: 3 });
    expect(refused.output).toContain(
      `The account has a Service "taskrouter-lifecycle" (${service.sid}) that was not deployed from this folder. Use --yes to replace its Functions and assets`,
    );
    expect(changing()).toEqual([]);
    expect(await clientOf(emulator).taskrouter.v1.workspaces.list()).toEqual([]);

    expectSuccess(await clone.deploy(['--yes', '--no-prove']));
    expect(emulator.serverless.services).toHaveLength(1);
    expect((await clone.deploy(['--dry-run'])).output).toMatch(/Service .* will be updated/);
  });

  it('are not used for a proof without --prove', async () => {
    const desired = readWorkspaceFile(path.join(projectRoot, 'workspace.json'));
    await applyWorkspace({ client: clientOf(emulator), desired, functionsUrl: null });
    const clone = await Clone.of(emulator);
    const unproved = await clone.deploy();
    expectSuccess(unproved);
    expect(unproved.output).toMatch(
      /not created from this folder, so the deployment will not be proved\. Use --prove/,
    );
    expect(unproved.output).not.toContain('Task completed');
    const proved = await clone.deploy(['--prove']);
    expectSuccess(proved);
    expect(proved.output).toContain('✓ Task completed');
  });

  it('are not used when .twiliodeployinfo names a Service that no longer exists', async () => {
    const clone = await Clone.of(emulator);
    const gone = `ZS${'0'.repeat(32)}`;
    const remembered = { serviceSid: gone, latestBuild: `ZB${'0'.repeat(32)}` };
    clone.write('.twiliodeployinfo', JSON.stringify({ [`${emulator.account.accountSid}:us1`]: remembered }));
    const { code, output } = await clone.deploy();
    expect(code).toBe(3);
    expect(output).toContain(`.twiliodeployinfo names the Service ${gone}`);
    expect(changing()).toEqual([]);
  });

  it('are not changed when .env.deploy names another workspace', async () => {
    const other = `WS${'0'.repeat(32)}`;
    const clone = await Clone.of(emulator, { ...variables, WORKSPACE_SID: other });
    const { code, output } = await clone.deploy();
    expect(code).toBe(3);
    expect(output).toContain(`.env.deploy names the workspace ${other}`);
    expect(changing()).toEqual([]);
  });
});

it('keeps the workflow that .env.deploy names even if the file has another', async () => {
  const client = clientOf(emulator);
  const desired = readWorkspaceFile(path.join(projectRoot, 'workspace.json'));
  const { workspaceSid, workflows } = await applyWorkspace({ client, desired, functionsUrl: null });
  const { workflows: made } = client.taskrouter.v1.workspaces(workspaceSid);
  const configuration = JSON.stringify({ task_routing: { filters: [] } });
  const { sid } = await made.create({ friendlyName: 'Another', configuration });
  const clone = await Clone.of(emulator, { ...variables, WORKSPACE_SID: workspaceSid, WORKFLOW_SID: sid });
  expectSuccess(await clone.deploy(['--no-prove']));
  expect(variablesThere().WORKFLOW_SID).toBe(sid);

  await made(sid).remove();
  expectSuccess(await clone.deploy(['--no-prove']));
  expect(variablesThere().WORKFLOW_SID).toBe(Object.values(workflows)[0]);
});

describe('before the first request', () => {
  it('requires a value after --environment, because a variable of a script may be empty', async () => {
    const { code, errors } = await new TaskrouterCommand(['deploy', '--environment']).ended();
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('Not enough arguments') });
  });

  it('requires credentials, and reports when Twilio rejects them', async () => {
    const clone = await Clone.of(emulator);
    const missing = await clone.deploy([], { more: { TWILIO_AUTH_TOKEN: '' } });
    expect(missing).toMatchObject({ code: 3 });
    expect(missing.output).toMatch(/TWILIO_AUTH_TOKEN is not set/);
    expect(emulator.serverless.requests).toEqual([]);
    const wrong = await clone.deploy([], { more: { TWILIO_AUTH_TOKEN: 'f'.repeat(32) } });
    expect(wrong).toMatchObject({ code: 6 });
    expect(wrong.output).toMatch(/Twilio rejected the credentials/);
    expect(changing()).toEqual([]);
  });
});

describe('a failed deployment', () => {
  it('is neither wired nor proved when the build fails', async () => {
    const clone = await Clone.of(emulator);
    emulator.serverless.failNextBuild();
    const { code, output } = await clone.deploy();
    expect(code).toBe(6);
    expect(output).toMatch(/The upload failed: told to fail/);
    expect(emulator.serverless.deployments).toEqual([]);
    expect(await callbackUrls(clientOf(emulator))).toEqual(['', '']);
    // The Service exists now and is recorded as ours.
    expect((await clone.deploy(['--dry-run'])).output).toMatch(/Service .* will be updated/);
  });

  it('ends with one line of JSON for machines', async () => {
    const clone = await Clone.of(emulator);
    clone.remove('.env.deploy');
    const { code, output } = await clone.deploy(['--json']);
    expect(code).toBe(3);
    const line = output.split('\n').find((each) => each.startsWith('{"event":"failed"'));
    expect(JSON.parse(line as string)).toEqual({
      event: 'failed',
      exitCode: 3,
      message: expect.stringContaining('cp .env.deploy.example .env.deploy'),
    });
  });

  it('keeps its workspace when TaskRouter rejects the file, and continues after a correction', async () => {
    const clone = await Clone.of(emulator);
    const file = clone.read('workspace.json');
    clone.write('workspace.json', file.replace('languages HAS \\"es\\"', 'languages HAS HAS'));
    const refused = await clone.deploy();
    expect(refused).toMatchObject({ code: 3 });
    expect(refused.output).toMatch(
      /\+ workspace "Customer Care"[\s\S]*TaskRouter refused to create the task queue/,
    );
    expect(emulator.serverless.services).toEqual([]);
    clone.write('workspace.json', file);
    const { code, output } = await clone.deploy();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('✓ Task completed') });
  });

  it('restores the build, the variables, and the callback URLs after a failed proof', async () => {
    const clone = await Clone.of(emulator);
    await clone.deploy(['--no-prove']);
    const previous = theEnvironment()?.buildSid;
    const before = variablesThere();
    const client = clientOf(emulator);
    const { WORKSPACE_SID = '', WORKFLOW_SID = '' } = before;
    const urls = ['https://elsewhere.example/events', 'https://elsewhere.example/assignments'] as const;
    const workspace = client.taskrouter.v1.workspaces(WORKSPACE_SID);
    await workspace.update({ eventCallbackUrl: urls[0] });
    await workspace.workflows(WORKFLOW_SID).update({ assignmentCallbackUrl: urls[1] });

    clone.breakCompletion();
    clone.rebuild('ba0000000000');
    const text = clone.read('.env.deploy').replace(/DEFAULT_TASK_ATTRIBUTES=.*/, '');
    clone.write('.env.deploy', `${text}OWN=new\nOPERATOR_USERNAME=another\n`);
    const { code, output } = await clone.deploy();
    expect(code).toBe(6);
    expect(output).toMatch(/✓ Task wrapping[\s\S]*✗ Task completed/);
    expect(output).toContain('The task is undefined after /complete-task instead of completed.');
    expect(output).toContain(`The previous build (${previous}) is deployed again, with its variables.`);
    expect(output).toContain('The callback URLs are restored.');
    expect(theEnvironment()?.buildSid).toBe(previous);
    expect(variablesThere()).toEqual(before);
    expect(await callbackUrls(client)).toEqual(urls);
    expect(await strayNames()).toEqual([]);
    expectNoSecret(output);
  });

  it('restores them when only the proof worker reveals the error', async () => {
    const clone = await Clone.of(emulator);
    const file = JSON.parse(clone.read('workspace.json'));
    const byName = { friendlyName: 'By name', targetWorkers: 'friendly_name CONTAINS "proof"' };
    file.taskQueues.push(byName);
    clone.write('workspace.json', JSON.stringify(file));
    const { code, output } = await clone.deploy();
    expect(code).toBe(6);
    expect(output).toMatch(/"By name" \(friendly_name CONTAINS "proof"\) would offer tasks[^\n]*--no-prove/);
    expect(output).toContain('The callback URLs are restored.');
    expect(await callbackUrls(clientOf(emulator))).toEqual(['', '']);
  });

  it('leaves no callback URL after a failed proof of a first deployment', async () => {
    const clone = await Clone.of(emulator);
    clone.breakCompletion();
    const { code, output } = await clone.deploy();
    expect(code).toBe(6);
    expect(output).toContain('There is no previous build: the uploaded Functions stay');
    expect(await callbackUrls(clientOf(emulator))).toEqual(['', '']);
    expect(await strayNames()).toEqual([]);
  });

  it('never wires a public assignment callback', async () => {
    const clone = await Clone.of(emulator);
    clone.openCallback();
    const { code, output } = await clone.deploy(['--no-prove']);
    expect(code).toBe(6);
    expect(output).toMatch(/returned 200 to a request without Twilio's signature. Deploy it as protected/);
    expect(output).not.toMatch(/ Wire$/m);
    expect(await callbackUrls(clientOf(emulator))).toEqual(['', '']);
  });
});

it('leaves nothing of the proof behind when it is interrupted', async () => {
  const clone = await Clone.of(emulator);
  // No instruction: the proof would wait for half a minute.
  clone.write(
    'dist/functions/assignment-callback.protected.js',
    'exports.handler = (context, event, callback) => callback(null, {});',
  );
  const { code, output } = await clone.deploy([], {
    onOutput: (text, interrupt) => {
      if (text.includes('✓ Worker available')) interrupt();
    },
  });
  expect(code).toBe(130);
  expect(output).toMatch(/Interrupted\. What is already uploaded and wired stays/);
  expect(await strayNames()).toEqual([]);
});
