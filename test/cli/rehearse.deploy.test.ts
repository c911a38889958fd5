import { existsSync } from 'node:fs';
import path from 'node:path';
import { exitCode, failureMessage } from '../../src/cli/failure';
import type { RunDeploy } from '../../src/cli/rehearsal/rehearsal';
import { deployAsProcess, rehearseInContext } from '../../src/cli/rehearsal/run-rehearsal';
import { deployInFolder } from '../deploy/project-clone';
import { recordingReporter } from '../support/recording-reporter';
import { copyOfProject, endAll } from '../support/rehearsal';
import { stages, unreachableStage, voiceStages } from '../support/stages';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { projectRoot } from '../support/taskrouter-process';

endCommandsAfterEach(120_000);
afterEach(endAll);

async function rehearse(
  runDeploy: RunDeploy,
  { workspace = path.join(projectRoot, 'workspace.json'), instances = 2 } = {},
) {
  const reporter = recordingReporter();
  await rehearseInContext(
    { workspace, json: false, serve: false },
    { projectRoot, reporter, runDeploy, instances, stop: new Promise(() => undefined) },
  );
  const { lines, reports, logged } = reporter;
  return { output: `${lines.join('\n')}\n`, reports, logged };
}

it('deploys with the real tools, walks the lifecycle both ways, and reports what was uploaded', async () => {
  const { output, reports, logged } = await rehearse(deployAsProcess);
  expect(logged).toEqual([]);
  const shown = output.split('\n').flatMap((line) => /^ *[\d.]+ s {2}✓ (.+?)\s{2,}/.exec(line)?.[1] ?? []);
  const deployed = 'Deployed, wired, and proved';
  const guards = ['Unsigned callback rejected', 'Page responds at /', 'Build is named'];
  expect(shown).toEqual([deployed, ...guards, ...stages, ...voiceStages, deployed, ...stages]);
  expect(output).toMatch(/Signatures valid .*\/agent-whisper/);
  expect(output).toMatch(/ 2 × POST \/v1\/Services\/\{sid\}\/Environments\/\{sid\}\/Deployments\n/);
  expect(output).toContain('protected /assignment-callback\n');
  expect(output).toContain('twilio 6.2.0\n');
  expect(output).toMatch(/Rehearsal passed\. Build [0-9a-f]{12}; 33 stages reached/);

  expect(reports).toMatchObject([
    {
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
      functions: expect.arrayContaining([{ path: '/assignment-callback', visibility: 'protected' }]),
      calls: expect.objectContaining({ 'POST /v1/Services/{sid}/Builds': 2 }),
    },
  ]);
});

it('fails with the reason when a stage is not reached', async () => {
  const { workspace, reason } = unreachableStage();
  const deployHere: RunDeploy = (emulator, folder, args) => deployInFolder(emulator, folder, args);
  const error: unknown = await rehearse(deployHere, { workspace, instances: 1 }).catch((thrown) => thrown);
  expect([failureMessage(error), exitCode(error)]).toEqual([reason, 1]);
});

it('keeps an emulator running for your own commands, and leaves nothing behind', async () => {
  const rehearsal = new TaskrouterCommand(['rehearse', '--serve', '--json']);
  const { environment } = (await rehearsal.ready()) as unknown as { environment: Record<string, string> };
  const project = await copyOfProject();
  const { code, output } = await project.twilioRun(['deploy'], { ...process.env, ...environment });
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('successfully deployed') });
  const authority = environment.NODE_EXTRA_CA_CERTS as string;
  expect(existsSync(authority)).toBe(true);
  const ended = await rehearsal.stop('SIGINT');
  expect(ended.code).toBe(130);
  expect(ended.output.trim().split('\n')).toHaveLength(1);
  expect(ended.errors.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
  expect(existsSync(path.dirname(authority))).toBe(false);
});
