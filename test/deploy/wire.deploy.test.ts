import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { copyOfProject, deployInProcess, endAll, startTestEmulator, variables } from '../support/rehearsal';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, temporaryFolder, workspaceOf } from '../support/taskrouter-process';
import { tutorial } from './local-deployment';
import { Clone, callbackUrls, clientOf } from './project-clone';

afterAll(endAll);

describe('taskrouter wire --target twilio', () => {
  let emulator: TwilioEmulator;
  let clone: Clone;
  let origin: string;
  let workspaceSid: string;

  /** An account with the tutorial's workspace, and Functions that another tool uploaded. */
  beforeAll(async () => {
    emulator = await startTestEmulator();
    const client = clientOf(emulator);
    ({ workspaceSid } = await applyWorkspace({ client, desired: tutorial, functionsUrl: null }));
    await deployInProcess(await copyOfProject({ ...variables, WORKSPACE_SID: workspaceSid }), emulator);
    origin = `https://${emulator.serverless.environments[0]?.domainName}`;
  });

  beforeEach(async () => {
    await applyWorkspace({ client: clientOf(emulator), desired: tutorial, functionsUrl: '' });
    clone = await Clone.of(emulator, { ...variables, WORKSPACE_SID: workspaceSid });
  });

  it('points the callbacks at Functions that another tool uploaded, and then finds nothing to do', async () => {
    const { code, output } = await clone.wire();
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    expect(output).toMatch(/^Callbacks point to https:\S+ \(build [0-9a-f]+\)\.$/m);
    expect(output).not.toMatch(/^!/m);
    const urls = [`${origin}/event-callback`, `${origin}/assignment-callback`];
    expect(await callbackUrls(clientOf(emulator))).toEqual(urls);
    const again = await clone.wire(['--json']);
    // A slow response adds lines on standard error.
    const report = again.output.slice(again.output.indexOf('{'));
    expect(JSON.parse(report)).toMatchObject({ functionsUrl: origin, changes: [], notes: [] });
  });

  it('wires, and says when other sources are deployed than these', async () => {
    const { build } = JSON.parse(clone.read('dist/artifact.json'));
    clone.write('src/steps/event-callback.ts', '// Edited, and not built yet.');
    const { code, output } = await clone.wire();
    expect(code).toBe(0);
    expect(output).toMatch(
      new RegExp(
        `^! The deployed build ${build} is not this source's [0-9a-f]{12}: run "npm run deploy"\\.$`,
        'm',
      ),
    );
    expect((await callbackUrls(clientOf(emulator)))[1]).toBe(`${origin}/assignment-callback`);
  });

  it('wires without an operator, and says that it does not know the build', async () => {
    clone.remove('.env.deploy');
    const { code, output } = await clone.wire();
    expect(code).toBe(0);
    expect(output).toMatch(/^! The deployed build is unknown/m);
  });

  it('sets a fallback only when it is named, and on another host', async () => {
    const fallback = async () => {
      const [workspace] = await clientOf(emulator).taskrouter.v1.workspaces.list();
      const [workflow] = await clientOf(emulator)
        .taskrouter.v1.workspaces(workspace?.sid as string)
        .workflows.list();
      return workflow?.fallbackAssignmentCallbackUrl ?? '';
    };
    const same = await clone.wire(['--fallback-url', `${origin}/other`]);
    expect(same).toMatchObject({ code: 3 });
    expect(same.output).toMatch(/would fail with them\. Use another host/);
    expect(await callbackUrls(clientOf(emulator))).toEqual(['', '']);
    const elsewhere = 'https://fallback.example/assignment';
    await clone.wire(['--fallback-url', elsewhere]);
    expect(await fallback()).toBe(elsewhere);
    await clone.wire();
    expect(await fallback()).toBe(elsewhere);
  });

  it.each<[string, (clone: Clone) => void, string[], number, RegExp]>([
    [
      'no such environment',
      () => undefined,
      ['--environment', 'stage'],
      6,
      /The account has no environment "stage": deploy first \(npm run deploy\)/,
    ],
    [
      'another operator',
      (clone) => clone.write('.env.deploy', 'OPERATOR_USERNAME=other\nOPERATOR_PASSWORD=other\n'),
      [],
      6,
      /rejected the operator: their OPERATOR_USERNAME and OPERATOR_PASSWORD differ from yours/,
    ],
    [
      'no workspace of that name',
      (clone) => clone.write('workspace.json', JSON.stringify({ ...tutorial, friendlyName: 'Other' })),
      [],
      3,
      /The workspace "Other" does not exist\. Create it with "npx taskrouter workspace apply" and the same --target/,
    ],
  ])('changes nothing where there is %s', async (_, spoil, args, code, sentence) => {
    spoil(clone);
    const ending = await clone.wire(args);
    expect(ending.output).toMatch(sentence);
    expect(ending.code).toBe(code);
    expect(await callbackUrls(clientOf(emulator))).toEqual(['', '']);
  });

  it('says that there is nothing in an empty account', async () => {
    const stranger = await Clone.of(await startTestEmulator());
    const { code, output } = await stranger.wire();
    expect(code).toBe(6);
    expect(output).toMatch(/The account has no Service "taskrouter-lifecycle": deploy first/);
  });
});

describe('taskrouter wire --target local', () => {
  endCommandsAfterEach();

  it('points the callbacks back at the Functions that run here', async () => {
    const data = temporaryFolder();
    const ready = await new TaskrouterCommand(['start', ...anywhere, '--data', data]).ready();
    const workspace = workspaceOf(ready);
    await workspace
      .workflows(ready.workflowSid)
      .update({ assignmentCallbackUrl: 'http://127.0.0.1:9/other' });
    const { code, output } = await new TaskrouterCommand(['wire', '--data', data]).ended();
    expect(code).toBe(0);
    expect(output).toContain(
      `assignmentCallbackUrl http://127.0.0.1:9/other → ${ready.functionsUrl}/assignment-callback`,
    );
    const workflow = await workspace.workflows(ready.workflowSid).fetch();
    expect(workflow.assignmentCallbackUrl).toBe(`${ready.functionsUrl}/assignment-callback`);
  });

  it('refuses an address at which there are no Functions', async () => {
    const data = temporaryFolder();
    const ready = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
    const at = (url: string) =>
      new TaskrouterCommand(['wire', '--data', data, '--functions-url', url]).ended();
    expect(await at(ready.taskrouterUrl)).toMatchObject({
      code: 6,
      errors: expect.stringMatching(/There is no \/assignment-callback at http:\S+ \(401\)/),
    });
    expect(await at('http://127.0.0.1:9')).toMatchObject({
      code: 6,
      errors: expect.stringMatching(/does not respond/),
    });
    expect(await new TaskrouterCommand(['wire', '--data', data]).ended()).toMatchObject({
      code: 3,
      errors: expect.stringMatching(/No Functions run here/),
    });
  });
});
