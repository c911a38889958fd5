import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { codeBlocks } from '../support/documents';

jest.setTimeout(120_000);

/** The build's own code, so that what is packed here is never stale. */
const { buildTestkit } = require('../../scripts/build-testkit.js') as {
  buildTestkit(options: { projectRoot: string; outdir: string }): Promise<string[]>;
};

const projectRoot = path.join(__dirname, '../..');
const consumer = mkdtempSync(path.join(tmpdir(), 'taskrouter-consumer-'));
afterAll(() => rmSync(consumer, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Bounded, so that a registry that does not respond costs a minute and a half at most. */
function run(program: string, args: readonly string[], cwd: string): Ended {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 90_000 });
  return { code: status, text: `${stdout}${stderr}` };
}
const node = (script: string, ...args: string[]) =>
  run(process.execPath, [path.join(projectRoot, 'node_modules', script), ...args], consumer);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the package as it stands. */
function pack(): Packed {
  const { code, text } = run(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--silent', '--pack-destination', consumer],
    projectRoot,
  );
  if (code !== 0) throw new Error(text);
  const [packed] = JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1));
  return packed;
}

/** Installs it in a folder of its own, as a user does. */
function install({ filename }: Packed): Ended {
  writeFileSync(path.join(consumer, 'package.json'), '{"name":"consumer","private":true}');
  const options = ['--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  return run('npm', ['install', ...options, `./${filename}`], consumer);
}

const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;
let imports: string[];
let packed: Packed;
let installed: Ended;
beforeAll(async () => {
  imports = await buildTestkit({ projectRoot, outdir: 'dist/testkit' });
  packed = pack();
  installed = install(packed);
});

/** What needs the registry says so, loudly, where there is none. */
const whenInstalled = (name: string, body: () => void) =>
  it(name, () => {
    if (installed.code === null || unreachable.test(installed.text)) {
      process.stderr.write(`SKIPPED, the registry cannot be reached: ${name}\n`);
      return;
    }
    expect(installed).toMatchObject({ code: 0 });
    body();
  });

const installedFile = (name: string) =>
  readFileSync(path.join(consumer, 'node_modules/taskrouter-lifecycle', name), 'utf8');

it('contains what a user needs, and neither sources nor tests', () => {
  expect(packed.files.map((file) => file.path).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/cli/taskrouter.js',
    'dist/testkit/THIRD-PARTY-LICENSES.txt',
    'dist/testkit/index.d.ts',
    'dist/testkit/index.js',
    'dist/workspace.schema.json',
    'package.json',
  ]);
});

it("imports only twilio and Node's own modules", () => {
  const isOurs = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
  expect(imports.filter((name) => !isOurs(name))).toEqual([
    'twilio',
    'twilio/lib/rest/Taskrouter',
    'twilio/lib/webhooks/webhooks',
  ]);
});

whenInstalled(
  'runs the example in docs/test-kit.md in jest, where our development dependencies are not',
  () => {
    const [example = ''] = codeBlocks('docs/test-kit.md', 'js');
    writeFileSync(path.join(consumer, 'routing.test.js'), example);
    const config = JSON.stringify({ rootDir: consumer, transform: {}, testEnvironment: 'node' });
    const { code, text } = node('jest/bin/jest.js', '--config', config, '--no-cache');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('1 passed') });
    for (const development of ['fastify', 'zod', 'undici', 'libsql', 'esbuild']) {
      expect(() => readFileSync(path.join(consumer, 'node_modules', development, 'package.json'))).toThrow();
    }
  },
);

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

whenInstalled('has a command that says where it runs', () => {
  const bin = path.join(consumer, 'node_modules/.bin/taskrouter');
  const { code, text } = run(bin, ['start'], consumer);
  expect({ code, text }).toMatchObject({
    code: 3,
    text: expect.stringContaining('in a clone of the project'),
  });
});

whenInstalled('carries the licences of what is bundled in it', () => {
  const licences = installedFile('dist/testkit/THIRD-PARTY-LICENSES.txt');
  for (const name of ['fastify', 'zod', 'undici', 'sorted-btree']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d.*\\n\\n.*licen[cs]e`, 'im'));
  }
});

whenInstalled("works with the clone's own examples of a workspace", () => {
  copyFileSync(path.join(projectRoot, 'workspace.json'), path.join(consumer, 'workspace.json'));
  const script = `
    const { startTaskRouter } = require('taskrouter-lifecycle');
    startTaskRouter({ workspace: 'workspace.json' }).then(async (taskRouter) => {
      console.log(Object.keys(taskRouter.workers).join());
      await taskRouter.close();
    });`;
  expect(run(process.execPath, ['-e', script], consumer)).toEqual({ code: 0, text: 'Alice,Bob\n' });
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
