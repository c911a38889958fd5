import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import project from '../../package.json';
import { codeBlocks } from '../support/documents';
import {
  type Ended,
  projectRoot,
  removeFolders,
  TaskrouterProcess,
  temporaryFolder,
  workspaceOf,
} from '../support/taskrouter-process';

jest.setTimeout(180_000);

/** The build's own code, which says what the test kit requires. */
const { buildTestkit } = require('../../scripts/build-testkit.js') as {
  buildTestkit(options: { projectRoot: string; outdir: string }): Promise<string[]>;
};

/** A project of somebody else's, with Functions of its own. */
const consumer = temporaryFolder();
const installedPackage = path.join(consumer, 'node_modules', 'taskrouter-lifecycle');
const script = path.join(consumer, 'node_modules', '.bin', 'taskrouter');
afterEach(() => TaskrouterProcess.endAll());
afterAll(removeFolders);

interface Run {
  readonly code: number | null;
  readonly text: string;
}

/** Bounded, so that a registry that does not respond costs two minutes at most. */
function run(program: string, args: readonly string[], cwd = consumer): Run {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 120_000 });
  return { code: status, text: `${stdout}${stderr}` };
}

const node = (tool: string, ...args: string[]) =>
  run(process.execPath, [path.join(projectRoot, 'node_modules', tool), ...args]);

/** The installed command, in the other project. */
const command = (args: string, cwd = consumer): Promise<Ended> =>
  new TaskrouterProcess(args.split(' '), {}, { script, cwd }).ended();

/** Installs the package as a user does. */
const install = (...options: string[]) =>
  run('npm', [
    ...['install', '--save-dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
    ...options,
    `./taskrouter-lifecycle-${project.version}.tgz`,
  ]);

/** All files below a folder, as paths relative to it. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(path.join(folder, file)).isFile(),
  );

const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;
let installed: Run;

const files: Readonly<Record<string, string>> = {
  'package.json': '{"name":"consumer","private":true,"scripts":{"test":"node --test tests"}}',
  // As the SDK's documentation shows it.
  'tests/workers.test.js': `
    const { test } = require('node:test');
    const { deepEqual } = require('node:assert/strict');
    const client = require('twilio')(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
    test('the workspace has two workers', async () => {
      const workers = await client.taskrouter.v1.workspaces(process.env.WORKSPACE_SID).workers.list();
      deepEqual(workers.map(({ friendlyName }) => friendlyName).sort(), ['Alice', 'Bob']);
    });`,
  '.twilioserverlessrc': `{
    // What its own build makes.
    "functionsFolder": "dist/functions",
  }`,
  'src/functions/greet.ts': `
    import { word } from '../words';
    declare const Twilio: any;
    export const handler = (context: any, event: any, callback: any) => {
      const { authorization = null } = event.request.headers;
      if (!event.twiml) return callback(null, { word, authorization });
      const response = new Twilio.twiml.VoiceResponse();
      response.say(word);
      callback(null, response);
    };`,
  'src/functions/workspace.ts': `
    export const handler = async (context: any, _event: any, callback: any) => {
      const { taskrouter, messages } = context.getTwilioClient();
      const { friendlyName } = await taskrouter.v1.workspaces(context.TWILIO_WORKSPACE_SID).fetch();
      const message = { to: '+15555550100', from: '+15555550101', body: 'hello' };
      const refused = await messages.create(message).catch(({ message }: Error) => message);
      callback(null, { friendlyName, refused });
    };`,
  'src/functions/assignment-callback.protected.ts': `
    export const handler = (_context: any, _event: any, callback: any) => callback(null, { instruction: 'accept' });`,
  'src/words.ts': `export const word: string = 'hello from another project';`,
};

beforeAll(() => {
  const packed = run(process.execPath, ['scripts/package.mjs', '--pack-destination', consumer], projectRoot);
  if (packed.code !== 0) throw new Error(packed.text);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(consumer, file)), { recursive: true });
    writeFileSync(path.join(consumer, file), text);
  }
  installed = install('--omit=optional');
});

/** What needs the registry says so, loudly, where there is none. */
const whenInstalled = (name: string, body: () => void | Promise<void>) =>
  it(name, async () => {
    if (installed.code === null || unreachable.test(installed.text)) {
      process.stderr.write(`SKIPPED, the registry cannot be reached: ${name}\n`);
      return;
    }
    expect(installed).toMatchObject({ code: 0 });
    await body();
  });

const packageFolder = path.join(projectRoot, 'dist', 'package');
const packageFile = (name: string) => readFileSync(path.join(packageFolder, name), 'utf8');

describe('the package', () => {
  it('says what it is, and names every program that it brings', () => {
    expect(JSON.parse(packageFile('package.json'))).toMatchObject({
      name: 'taskrouter-lifecycle',
      version: project.version,
      license: 'MIT',
      types: 'dist/testkit/index.d.ts',
      bin: { taskrouter: 'dist/cli/taskrouter.js', 'taskrouter-lifecycle': 'dist/cli/taskrouter.js' },
      dependencies: { twilio: project.dependencies.twilio },
    });
    expect(JSON.parse(packageFile('package.json'))).not.toHaveProperty('private');
    for (const file of [
      'LICENSE',
      'CHANGELOG.md',
      'dist/inspector/index.html',
      'dist/assets/assets/index.html',
    ])
      expect([file, existsSync(path.join(packageFolder, file))]).toEqual([file, true]);
  });

  it('contains neither sources, tests, nor anything about the computer that made it', () => {
    const contents = filesIn(packageFolder);
    expect(contents.filter((file) => /\.map$|(?<!\.d)\.ts$|(^|\/)\.|\.env/.test(file))).toEqual([]);
    const own = [projectRoot, path.join(homedir(), path.sep), consumer];
    const named = contents.filter((file) => {
      const text = packageFile(file);
      return own.some((each) => text.includes(each)) || /PRIVATE KEY-----\s+\w{20}/.test(text);
    });
    expect(named).toEqual([]);
  });

  it('has a README whose links lead to files in it', () => {
    const targets = [...packageFile('README.md').matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
    expect(targets.length).toBeGreaterThan(3);
    const missing = targets.filter(([, file = '']) => !existsSync(path.join(packageFolder, file)));
    expect(missing.map(([, file]) => file)).toEqual([]);
  });

  it('carries the licenses of what is bundled in it', () => {
    const expected = {
      testkit: ['fastify', 'zod', 'undici', 'sorted-btree'],
      cli: ['fastify', 'yargs', 'express', '@twilio/runtime-handler', 'chokidar'],
    };
    for (const [folder, names] of Object.entries(expected)) {
      const licenses = packageFile(`dist/${folder}/THIRD-PARTY-LICENSES.txt`);
      for (const name of names) expect(licenses).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });
});

describe('the test kit alone, installed without optional packages', () => {
  it("imports only twilio and Node's own modules", async () => {
    const imports = await buildTestkit({ projectRoot, outdir: 'dist/testkit' });
    const isOurs = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
    expect(imports.filter((name) => !isOurs(name))).toEqual([
      'twilio',
      'twilio/lib/rest/Taskrouter',
      'twilio/lib/webhooks/webhooks',
    ]);
  });

  whenInstalled('runs the example in docs/test-kit.md in jest', () => {
    const [example = ''] = codeBlocks('docs/test-kit.md', 'js');
    writeFileSync(path.join(consumer, 'routing.test.js'), example);
    const config = JSON.stringify({ rootDir: consumer, transform: {}, testEnvironment: 'node' });
    const { code, text } = node('jest/bin/jest.js', '--config', config, '--no-cache', 'routing');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('1 passed') });
    for (const other of ['fastify', 'zod', 'undici', 'libsql', 'esbuild'])
      expect([other, existsSync(path.join(consumer, 'node_modules', other))]).toEqual([other, false]);
  });

  whenInstalled('has declarations that say what is right and what is wrong', () => {
    mkdirSync(path.join(consumer, 'types'));
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: 'nodenext',
      target: 'es2022',
      types: [],
    };
    writeFileSync(path.join(consumer, 'types/tsconfig.json'), JSON.stringify({ compilerOptions }));
    writeFileSync(path.join(consumer, 'types/use.mts'), typedUse);
    expect(node('typescript/bin/tsc', '--project', 'types')).toEqual({ code: 0, text: '' });
  });

  whenInstalled("works with the clone's own examples of a workspace", () => {
    cpSync(path.join(projectRoot, 'workspace.json'), path.join(consumer, 'example.json'));
    const script = `
      const { startTaskRouter } = require('taskrouter-lifecycle');
      startTaskRouter({ workspace: 'example.json' }).then(async (taskRouter) => {
        console.log(Object.keys(taskRouter.workers).join());
        await taskRouter.close();
      });`;
    expect(run(process.execPath, ['-e', script])).toEqual({ code: 0, text: 'Alice,Bob\n' });
  });

  whenInstalled('leaves a command that says what it lacks', async () => {
    const { code, errors } = await command('serve --memory');
    expect({ code, errors }).toMatchObject({
      code: 3,
      errors: expect.stringMatching(/needs the package "(libsql|esbuild)".*--include=optional/),
    });
  });
});

describe('the command in another project', () => {
  const ports = '--port 0 --taskrouter-port 0';
  const temporary = temporaryFolder();
  let before: Readonly<Record<string, number>>;
  /** When each file of the package was written: nothing may write into its folder. */
  const times = () =>
    Object.fromEntries(
      filesIn(installedPackage).map((file) => [file, statSync(path.join(installedPackage, file)).mtimeMs]),
    );

  beforeAll(() => {
    if (installed.code !== 0) return;
    installed = install();
    before = times();
  });

  const start = (args: string, cwd = consumer) =>
    new TaskrouterProcess(args.split(' '), { TMPDIR: temporary }, { script, cwd });

  whenInstalled('takes at most 80 MB', () => {
    const folder = path.join(consumer, 'node_modules');
    // As du counts: in blocks of 4 KiB.
    const bytes = filesIn(folder).map(
      (file) => 4096 * Math.ceil(statSync(path.join(folder, file)).size / 4096),
    );
    expect(bytes.reduce((sum, each) => sum + each, 0) / 1e6).toBeLessThanOrEqual(80);
  });

  whenInstalled("runs that project's Functions, and the lifecycle page beside them", async () => {
    const init = await command('init');
    expect(init).toMatchObject({ code: 0, errors: '' });
    expect(init.output).toContain('no Function for the callback /event-callback');
    const started = start(`start ${ports} --json`);
    const ready = await started.ready();
    const get = (location: string) => fetch(`${ready.functionsUrl}${location}`);
    expect(await (await get('/greet')).json()).toEqual({
      word: 'hello from another project',
      // Only the lifecycle's Functions sign this computer's user in.
      authorization: null,
    });
    // As Twilio's documentation shows it, without a line about addresses.
    expect(await (await get('/workspace')).json()).toEqual({
      friendlyName: 'Customer Care',
      refused: expect.stringContaining('--pass api.twilio.com'),
    });
    expect(await (await get('/greet?twiml=yes')).text()).toContain('<Say>hello from another project</Say>');
    const pages = await Promise.all([get('/'), fetch(`${ready.taskrouterUrl}/`)]);
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect((await get('/event-callback')).status).toBe(404);

    const { task_sid } = (await (await get('/create-task')).json()) as { task_sid: string };
    const workers = workspaceOf(ready).workers(ready.workers.Alice ?? '');
    await workers.update({ activitySid: ready.activities.Idle ?? '' });
    const explained = await command(`explain ${task_sid} --json`);
    expect(explained).toMatchObject({ code: 0, errors: '' });
    // Accepted by the callback of that project.
    const assigned = async () =>
      (await workspaceOf(ready).tasks(task_sid).fetch()).assignmentStatus === 'assigned';
    while (!(await assigned())) await new Promise((resolve) => setImmediate(resolve));

    const others = ['env', 'clock', 'explain --worker Alice', 'lint', 'workspace apply', 'workspace plan'];
    for (const args of [
      ...others,
      'workspace pull --workspace pulled.json',
      'snapshot save it.jsonl',
      'reset',
    ])
      expect([args, await command(args)]).toMatchObject([args, { code: 0, errors: '' }]);
    expect(await command('doctor')).toMatchObject({ code: 2, errors: '' });
    expect(await started.stop()).toMatchObject({ code: 0 });
    expect(readdirSync(temporary)).toEqual([]);
  });

  whenInstalled("runs that project's tests", async () => {
    const { code, output, errors } = await command('run -- npm test');
    expect({ code, output, errors }).toMatchObject({ code: 0, output: expect.stringMatching(/pass 1\b/) });
  });

  whenInstalled('runs every other command', async () => {
    rmSync(path.join(consumer, '.taskrouter'), { recursive: true, force: true });
    const expected: Readonly<Record<string, [code: number, text: RegExp]>> = {
      '--version': [0, new RegExp(project.version)],
      demo: [0, /Both tasks reached every stage/],
      deploy: [3, /needs a clone/],
      rehearse: [3, /needs a clone/],
    };
    for (const [args, [code, text]] of Object.entries(expected)) {
      const ended = await command(args);
      expect([args, ended.code, `${ended.output}${ended.errors}`]).toEqual([
        args,
        code,
        expect.stringMatching(text),
      ]);
    }
  });

  whenInstalled('runs TaskRouter alone in a project without Functions', async () => {
    const empty = path.join(consumer, 'empty');
    mkdirSync(empty);
    for (const name of ['start', 'serve']) {
      const ready = await start(`${name} ${ports} --json`, empty).ready();
      expect([name, ready.functionsUrl, Object.keys(ready.workers)]).toEqual([name, null, ['Alice', 'Bob']]);
      await TaskrouterProcess.endAll();
    }
  });

  whenInstalled('writes nothing into the folder of the package', () => {
    expect(times()).toEqual(before);
  });
});

const typedUse = `
import { startTaskRouter, type TestTaskRouter } from 'taskrouter-lifecycle';

const taskRouter: TestTaskRouter = await startTaskRouter({
  seed: 'mine',
  respond: ({ kind, parameters }) =>
    kind === 'assignment' && parameters.TaskPriority === '0' ? { body: { instruction: 'accept' } } : undefined,
});
const { sid } = await taskRouter.client.taskrouter.v1
  .workspaces(taskRouter.workspaceSid)
  .tasks.create({ attributes: '{}' });
await taskRouter.advance(60);
const task = await taskRouter.waitFor(sid, 'assigned', { timeoutSeconds: 5 });
const status: string = task.assignmentStatus;
const empty = await startTaskRouter({ workspace: null });
const next: Date | null = await empty.advanceToNext();
const codes: (number | undefined)[] = empty.callbacks().flatMap(({ requests }) => requests.map(({ alert }) => alert?.code));
// @ts-expect-error a reservation's word, and no task's
await taskRouter.waitFor(sid, 'accepted');
// @ts-expect-error seconds are a number
await taskRouter.advance('60');
// @ts-expect-error it began without a workspace
empty.workspaceSid;
const quiet = await startTaskRouter({ respond: () => {} });
export { codes, next, quiet, status };
`;
