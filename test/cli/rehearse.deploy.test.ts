import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exitCode, failureMessage } from '../../src/cli/failure';
import { rehearseInContext } from '../../src/cli/rehearsal/run-rehearsal';
import { copyProject } from '../../src/rehearsal/project';
import { deployInFolder } from '../deploy/project-clone';
import { functionsChild } from '../support/functions-child';
import { recordingReporter } from '../support/recording-reporter';
import {
  projectRoot,
  removeFolders,
  TaskrouterProcess,
  temporaryFolder,
} from '../support/taskrouter-process';

jest.setTimeout(120_000);
afterEach(() => TaskrouterProcess.endAll());
afterAll(removeFolders);

const stages = [
  'Deployed, wired, and proved',
  'Unsigned callback rejected',
  'Page responds at /',
  'Build is named',
  'Task created',
  'Eligible Worker becomes available',
  'Worker reserved',
  'Reservation accepted',
  'Task assigned',
  'Task wrapping',
  'Task completed',
];

/** Runs the command in this process, with deployments in this process. */
async function rehearse(workspace = path.join(projectRoot, 'workspace.json')) {
  const lines: string[] = [];
  const logged: unknown[] = [];
  await rehearseInContext(
    { workspace, json: false, serve: false },
    {
      projectRoot,
      reporter: recordingReporter(lines, false, logged),
      runDeploy: (emulator, folder, args) => deployInFolder(emulator, folder, args),
      childScript: functionsChild,
      stop: new Promise(() => undefined),
    },
  );
  return { output: `${lines.join('\n')}\n`, logged };
}

it('deploys, walks the lifecycle both ways, and shows what was uploaded', async () => {
  const { output, logged } = await rehearse();
  expect(logged).toEqual([]);
  const shown = output.split('\n').flatMap((line) => /^ *[\d.]+ s {2}✓ (.+?)\s{2,}/.exec(line)?.[1] ?? []);
  const walked = stages.slice(stages.indexOf('Task created'));
  expect(shown).toEqual([...stages, 'Deployed, wired, and proved', ...walked]);
  expect(output).toMatch(/ 2 × POST \/v1\/Services\/\{sid\}\/Environments\/\{sid\}\/Deployments\n/);
  expect(output).toContain('protected /assignment-callback\n');
  expect(output).toContain('twilio 6.2.0\n');
  expect(output).toMatch(/Rehearsal passed\. Build [0-9a-f]{12}; 19 stages reached/);
});

it('reports in one line of JSON, without the values of variables, as a process', async () => {
  const { code, output, errors } = await new TaskrouterProcess(['rehearse', '--json']).ended();
  expect(code).toBe(0);
  const report = JSON.parse(output);
  expect(report).toMatchObject({
    event: 'rehearsed',
    runtime: 'node22',
    dependencies: ['@twilio/runtime-handler 2.1.0', 'twilio 6.2.0'],
    refusedHosts: [],
    variables: [
      'ASSIGNMENT_INSTRUCTION',
      'DEFAULT_TASK_ATTRIBUTES',
      'OPERATOR_PASSWORD',
      'OPERATOR_USERNAME',
      'WORKFLOW_SID',
      'WORKSPACE_SID',
    ],
  });
  expect(report.functions).toContainEqual({ path: '/assignment-callback', visibility: 'protected' });
  expect(report.calls['POST /v1/Services/{sid}/Builds']).toBe(2);
  expect(errors.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
});

it('fails with the reason when a stage is not reached', async () => {
  const workspace = JSON.parse(readFileSync(path.join(projectRoot, 'workspace.json'), 'utf8'));
  for (const queue of workspace.taskQueues) queue.assignmentActivity = 'Reserved';
  const file = path.join(temporaryFolder(), 'workspace.json');
  writeFileSync(file, JSON.stringify(workspace));
  const error: unknown = await rehearse(file).catch((reason) => reason);
  expect([failureMessage(error), exitCode(error)]).toEqual([
    "Alice's activity is Reserved, but should be Busy.",
    1,
  ]);
});

it('keeps an emulator running for your own commands, and leaves nothing behind', async () => {
  const rehearsal = new TaskrouterProcess(['rehearse', '--serve', '--json']);
  const { environment } = (await rehearsal.ready()) as unknown as { environment: Record<string, string> };
  const variables = { ACCOUNT_SID: '', AUTH_TOKEN: '', OPERATOR_USERNAME: 'operator' };
  const project = await copyProject(projectRoot, variables);
  const { code, output } = await project.twilioRun(['deploy'], { ...process.env, ...environment });
  await project.remove();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('successfully deployed') });
  const authority = environment.NODE_EXTRA_CA_CERTS as string;
  expect(existsSync(authority)).toBe(true);
  expect(await rehearsal.stop('SIGINT')).toMatchObject({ code: 130 });
  expect(existsSync(path.dirname(authority))).toBe(false);
});
