import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { prepare } from '../../src/deploy/preparation';
import { operator } from '../support/operator';
import { exampleSid } from '../support/twilio-runtime';

const projectRoot = path.join(__dirname, '../..');
const account = { TWILIO_ACCOUNT_SID: exampleSid('AC'), TWILIO_AUTH_TOKEN: 'the-token-of-the-account' };
const artifact = {
  build: '0123456789ab',
  functions: [{ path: '/lifecycle', visibility: 'public' }],
  assets: [{ path: '/lifecycle.css', visibility: 'public' }],
};

let folder: string;

/** A folder with everything that a deployment reads. */
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'deploy-preparation-')));
  for (const file of ['package.json', 'workspace.json', '.twilioserverlessrc'])
    copyFileSync(path.join(projectRoot, file), path.join(folder, file));
  for (const built of ['dist/functions', 'dist/assets'])
    mkdirSync(path.join(folder, built), { recursive: true });
  write('dist/functions/lifecycle.js', 'context.OPERATOR_PASSWORD;');
  write('dist/artifact.json', JSON.stringify(artifact));
  const { username, password } = operator;
  write(
    '.env.deploy',
    `ACCOUNT_SID=\nAUTH_TOKEN=\nOPERATOR_USERNAME=${username}\nOPERATOR_PASSWORD=${password}\n`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
const remove = (file: string) => rmSync(path.join(folder, file), { recursive: true });

/** Changes the deploy settings in `.twilioserverlessrc`, and adds other sections. */
function changeSettings(deploy: object, sections: object = {}): void {
  const settings = JSON.parse(read('.twilioserverlessrc').replace(/^\s*\/\/.*$/gm, ''));
  const commands = { ...settings.commands, deploy: { ...settings.commands.deploy, ...deploy } };
  write('.twilioserverlessrc', JSON.stringify({ ...settings, ...sections, commands }));
}

/** twilio-run reads its settings once for each load of its modules. */
function prepareAnew(environment: Record<string, string> = account) {
  const options = {
    projectRoot: folder,
    workspaceFile: path.join(folder, 'workspace.json'),
    environment,
    suffix: 'dev',
  };
  let prepared: ReturnType<typeof prepare> | undefined;
  jest.isolateModules(() => {
    prepared = require('../../src/deploy/preparation').prepare(options);
  });
  return prepared;
}

function expectRejected(sentence: RegExp): void {
  let error = new Error('accepted');
  try {
    prepareAnew();
  } catch (thrown) {
    error = thrown as Error;
  }
  expect(error).toMatchObject({ name: 'ConfigurationError', message: expect.stringMatching(sentence) });
  expect(error.message).not.toContain(operator.password);
  expect(error.message).not.toContain(account.TWILIO_AUTH_TOKEN);
}

it('accepts a built project with its settings', () => {
  expect(prepareAnew()).toMatchObject({
    serviceName: 'taskrouter-lifecycle',
    artifact,
    settings: { operator },
  });
});

it.each<[string, () => void, RegExp]>([
  ['a missing .env.deploy', () => remove('.env.deploy'), /cp \.env\.deploy\.example \.env\.deploy/],
  ['a missing build', () => remove('dist'), /dist\/ has no complete build\. Run "npm run build"/],
  [
    'another folder than the project folder',
    () => {
      remove('.twilioserverlessrc');
      remove('dist');
    },
    /Deploy from the project folder, or restore the file/,
  ],
  [
    'a package.json that is not JSON',
    () => write('package.json', '{'),
    /package\.json is missing or not valid JSON/,
  ],
  ['half a build', () => remove('dist/assets'), /dist\/ has no complete build/],
  [
    'a secret in .env.deploy',
    () => write('.env.deploy', `${read('.env.deploy')}TWILIO_AUTH_TOKEN=\n`),
    /TWILIO_AUTH_TOKEN would be uploaded/,
  ],
  [
    'settings that name another Service or other variables',
    () => changeSettings({ serviceName: 'somebody-elses', env: '.env' }),
    /\.twilioserverlessrc: "env" must be "\.env\.deploy"\.\n\.twilioserverlessrc: remove "serviceName": the Service has the "name" in package\.json\./,
  ],
  [
    'settings for the suffix or the account that deploy elsewhere',
    () =>
      changeSettings(
        {},
        {
          environments: { dev: { functionsFolder: 'functions' } },
          projects: { [account.TWILIO_ACCOUNT_SID]: { serviceSid: exampleSid('ZS') } },
        },
      ),
    /"functionsFolder" must be "dist\/functions"[^\n]*\n[^\n]*remove "serviceSid"/,
  ],
  [
    'settings that twilio-run cannot read',
    () => write('.twilioserverlessrc', '{ "env": '),
    /twilio-run cannot read its settings: .*\. Correct \.twilioserverlessrc or package\.json\./,
  ],
])('rejects %s', (_, spoil, sentence) => {
  spoil();
  expectRejected(sentence);
});
