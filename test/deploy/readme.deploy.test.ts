import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { codeBlocks } from '../support/documents';
import { operator } from '../support/operator';
import { endAll, projectRoot, startTestEmulator } from '../support/rehearsal';
import { callbackUrls, clientOf } from './project-clone';

const run = promisify(execFile);

/** Everything that building and deploying read, without their output. */
const sources = [
  'package.json',
  'tsconfig.json',
  'workspace.json',
  '.twilioserverlessrc',
  '.env.deploy.example',
  'functions',
  'assets',
  'src',
  'scripts',
];

let clone: string;

beforeEach(() => {
  clone = realpathSync(mkdtempSync(path.join(tmpdir(), 'taskrouter-clone-')));
  for (const part of sources)
    cpSync(path.join(projectRoot, part), path.join(clone, part), { recursive: true });
  // In place of `npm ci`.
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(clone, 'node_modules'), 'junction');
});
afterEach(async () => {
  await endAll();
  rmSync(clone, { recursive: true, force: true });
});

/** The commands in the first two blocks of docs/deploy.md, for a fresh clone. */
const typed = (): string[] =>
  codeBlocks('docs/deploy.md', 'bash')
    .slice(0, 2)
    .flatMap((block) => block.trim().split('\n'));

it('works as docs/deploy.md describes: line by line, from a fresh clone, with an empty account', async () => {
  const emulator = await startTestEmulator();
  const { accountSid, authToken } = emulator.account;
  const environment: NodeJS.ProcessEnv = { ...process.env, ...emulator.environment };
  const lines = typed();
  expect(lines.at(0)).toBe('npm ci');
  expect(lines.at(-1)).toBe('npm run deploy');

  for (const line of lines.slice(1)) {
    const given = line
      .replace('AC…', accountSid)
      .replace(/=…/, `=${authToken}`)
      .replace(/^export (\w+)=(\S+).*/, (_all, name: string, value: string) => {
        environment[name] = value;
        return ':';
      });
    const { stdout } = await run('bash', ['-c', given], { cwd: clone, env: environment });
    if (line.startsWith('cp ')) writePassword();
    if (line === 'npm run deploy') expect(stdout).toMatch(/✓ Task completed[\s\S]*and proved\./);
  }

  const origin = `https://${emulator.serverless.environments[0]?.domainName}`;
  expect(await callbackUrls(clientOf(emulator))).toEqual([
    `${origin}/event-callback`,
    `${origin}/assignment-callback`,
  ]);
  expect(emulator.refused).toEqual([]);
});

/** "In `.env.deploy`, set `OPERATOR_PASSWORD`." */
function writePassword(): void {
  const file = path.join(clone, '.env.deploy');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('OPERATOR_PASSWORD=', `OPERATOR_PASSWORD=${operator.password}`));
}
