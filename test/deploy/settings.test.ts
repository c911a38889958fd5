import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DeploySettings, readDeploySettings } from '../../src/deploy/settings/deploy-settings';
import { ConfigurationError } from '../../src/system/config';
import { operator } from '../support/operator';
import { exampleSid } from '../support/twilio-runtime';

const projectRoot = path.join(__dirname, '..', '..');
const account = { TWILIO_ACCOUNT_SID: exampleSid('AC'), TWILIO_AUTH_TOKEN: 'the-token-of-the-account' };
const { password } = operator;
/** The shortest valid file. */
const least = `ACCOUNT_SID=\nAUTH_TOKEN=\nOPERATOR_USERNAME=operator\nOPERATOR_PASSWORD=${password}\n`;
const functions = 'context.OPERATOR_PASSWORD; context.CRM_TOKEN';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'deploy-settings-'));
  file = path.join(folder, '.env.deploy');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function settings(text: string | null, environment: Record<string, string> = account): DeploySettings {
  if (text !== null) writeFileSync(file, text);
  return readDeploySettings(file, environment, functions);
}

/** The errors, one sentence each. */
function errorsIn(text: string | null, environment?: Record<string, string>): string[] {
  try {
    settings(text, environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
}

describe('the settings of a deployment', () => {
  it('are rejected without the file, with the command that creates it', () => {
    expect(errorsIn(null)).toEqual([
      '.env.deploy is missing. Run "cp .env.deploy.example .env.deploy" and fill it in.',
    ]);
  });

  it('start from .env.deploy.example, which lacks only the operator password', () => {
    const example = path.join(projectRoot, '.env.deploy.example');
    const read = (environment: Record<string, string>) =>
      readDeploySettings(example, { ...account, ...environment }, functions);
    expect(() => read({})).toThrow(
      '.env.deploy.example: OPERATOR_PASSWORD is empty: use at least 12 random characters.',
    );
    expect(read({ OPERATOR_PASSWORD: password }).uploaded).toEqual({
      ASSIGNMENT_INSTRUCTION: 'none',
      DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
      OPERATOR_PASSWORD: password,
      OPERATOR_USERNAME: 'operator',
    });
  });

  it('include every line with a value, and never the credentials', () => {
    const text = `ACCOUNT_SID=${account.TWILIO_ACCOUNT_SID}\nAUTH_TOKEN=${account.TWILIO_AUTH_TOKEN}\n`;
    const { uploaded } = settings(`${text}${least.split('\n').slice(2).join('\n')}EMPTY=\nOWN=1\n`, {});
    expect(uploaded).toEqual({ OPERATOR_USERNAME: 'operator', OPERATOR_PASSWORD: password, OWN: '1' });
  });

  it('take values that the file leaves empty from the environment, as twilio-run does', () => {
    const text = 'ACCOUNT_SID=\nAUTH_TOKEN=\nOPERATOR_USERNAME=\nOPERATOR_PASSWORD=\nASSIGNMENT_TO=\n';
    const environment = { ...account, OPERATOR_USERNAME: 'ci', OPERATOR_PASSWORD: password, OTHER: 'x' };
    expect(settings(text, environment).operator).toEqual({ username: 'ci', password });
    expect(settings(text, environment).uploaded).toEqual({
      OPERATOR_USERNAME: 'ci',
      OPERATOR_PASSWORD: password,
    });
  });

  it('take the workspace only from the file, because a shell may have the local one', () => {
    const local = { ...account, WORKSPACE_SID: exampleSid('WS'), WORKFLOW_SID: exampleSid('WW') };
    const read = settings(`${least}WORKSPACE_SID=\nWORKFLOW_SID=\n`, local);
    expect(read).toMatchObject({ workspaceSid: undefined, workflowSid: undefined });
    expect(Object.keys(read.uploaded)).toEqual(['OPERATOR_USERNAME', 'OPERATOR_PASSWORD']);
    const written = settings(`${least}WORKSPACE_SID=${exampleSid('WS', 2)}\n`, local);
    expect(written.workspaceSid).toBe(exampleSid('WS', 2));
  });

  it('accept an API key, and an account that only the file names', () => {
    const key = { TWILIO_API_KEY: exampleSid('SK'), TWILIO_API_SECRET: 'the-secret' };
    expect(settings(least, { TWILIO_ACCOUNT_SID: exampleSid('AC'), ...key }).account).toEqual({
      accountSid: exampleSid('AC'),
      username: exampleSid('SK'),
      password: 'the-secret',
    });
    const inFile = least.replace('ACCOUNT_SID=', `ACCOUNT_SID=${exampleSid('AC')}`);
    expect(settings(inFile.replace('AUTH_TOKEN=', 'AUTH_TOKEN=t0ken'), {}).account.password).toBe('t0ken');
  });
});

/** The lines added to the shortest file, and the error. */
it.each<[string, string, RegExp]>([
  ['a name with a colon', 'OPERATOR_USERNAME=a:b', /OPERATOR_USERNAME must not contain a colon/],
  ['no name', 'OPERATOR_USERNAME=', /OPERATOR_USERNAME is empty, so nobody could sign in/],
  ['a short password', 'OPERATOR_PASSWORD=hunter2', /OPERATOR_PASSWORD is too short: use at least 12/],
  [
    'the address of a local TaskRouter',
    'TASKROUTER_BASE_URL=http://127.0.0.1:4040',
    /BASE_URL is only for local runs/,
  ],
  [
    'the token of the account',
    'TWILIO_AUTH_TOKEN=0123',
    /TWILIO_AUTH_TOKEN would be uploaded, but no Function/,
  ],
  [
    'the secret of an API key',
    'TWILIO_API_SECRET=0123',
    /TWILIO_API_SECRET would be uploaded, but no Function/,
  ],
  ['another secret that nobody reads', 'STRIPE_SECRET_KEY=0123', /STRIPE_SECRET_KEY would be uploaded/],
  ['a name of the platform', 'DOMAIN_NAME=example.test', /DOMAIN_NAME would hide the platform's own value/],
  ['the search path', 'PATH=/bin', /PATH would hide the platform's own value/],
  ['a long value', `OWN=${'é'.repeat(226)}`, /OWN has 452 bytes; the limit is 450\. Shorten it/],
  ['a long name', `${'N'.repeat(129)}=1`, /N{129} is longer than 128 characters/],
  [
    'too much together',
    Array.from({ length: 7 }, (_, index) => `OWN_${index}=${'x'.repeat(400)}`).join('\n'),
    /The variables have \d+ bytes in total; the limit is 2672/,
  ],
  ['another kind of sid', `WORKSPACE_SID=${exampleSid('WW')}`, /WORKSPACE_SID must be WS and 32 hexadecimal/],
  ['a workflow by name', 'WORKFLOW_SID=Incoming', /WORKFLOW_SID must be WW and 32 hexadecimal/],
  ['an unknown instruction', 'ASSIGNMENT_INSTRUCTION=acept', /must be one of none, accept, reject/],
  ['half an instruction', 'ASSIGNMENT_INSTRUCTION=conference', /set ASSIGNMENT_FROM for this instruction/],
  [
    'attributes that are no object',
    'DEFAULT_TASK_ATTRIBUTES=[1]',
    /DEFAULT_TASK_ATTRIBUTES must be a JSON object/,
  ],
  [
    'a comment behind a value',
    'ASSIGNMENT_TO=client:alice # her',
    /ASSIGNMENT_TO would be uploaded with the comment/,
  ],
  [
    'a comment in place of a value',
    'ASSIGNMENT_TO= # nobody',
    /ASSIGNMENT_TO would be uploaded with the comment/,
  ],
  ['a line for a shell', 'export OWN=1', /OWN would not be uploaded\. Remove the word "export"/],
])('rejects %s', (_, lines, sentence) => {
  const found = errorsIn(`${least}${lines}\n`);
  expect(found).toEqual([expect.stringMatching(sentence)]);
  expect(found[0]).toMatch(/^\.env\.deploy: /);
});

it.each<[string, string]>([
  ['a secret that a Function reads', 'CRM_TOKEN=0123'],
  ['a hash inside a value', 'OWN=a#b'],
  ['a hash inside quotes', 'OWN="a # b"'],
  ['a hash inside JSON', 'DEFAULT_TASK_ATTRIBUTES={"room":"a # 1"}'],
  [
    'a redirection, whatever the call',
    'ASSIGNMENT_INSTRUCTION=redirect\nASSIGNMENT_URL=https://example.test/',
  ],
])('accepts %s', (_, lines) => {
  expect(errorsIn(`${least}${lines}\n`)).toEqual([]);
});

it('rejects an empty line that the environment would fill with a secret', () => {
  expect(errorsIn(`${least}TWILIO_AUTH_TOKEN=\n`)).toEqual([
    expect.stringMatching(/^\.env\.deploy: TWILIO_AUTH_TOKEN would be uploaded/),
  ]);
  expect(errorsIn(`${least}TWILIO_API_SECRET=\n`)).toEqual([]);
});

it('requires the lines that twilio-run fills with the credentials', () => {
  expect(errorsIn(least.replace('ACCOUNT_SID=\nAUTH_TOKEN=\n', ''))).toEqual([
    '.env.deploy: ACCOUNT_SID is not listed. Add the line "ACCOUNT_SID="; the deployment fills it in.',
    '.env.deploy: AUTH_TOKEN is not listed. Add the line "AUTH_TOKEN="; the deployment fills it in.',
  ]);
});

it('reports all errors at once, without values', () => {
  const found = errorsIn('OPERATOR_PASSWORD=hunter2\nTASKROUTER_BASE_URL=http://127.0.0.1:1\n', {});
  expect(found).toHaveLength(7);
  expect(found[0]).toMatch(/^TWILIO_ACCOUNT_SID is not set/);
  expect(found.join('\n')).not.toContain('hunter2');
});

it('rejects the address of a local TaskRouter from the shell', () => {
  const environment = { ...account, TASKROUTER_BASE_URL: 'http://127.0.0.1:4040' };
  expect(errorsIn(`${least}TASKROUTER_BASE_URL=\n`, environment)).toEqual([
    expect.stringMatching(/TASKROUTER_BASE_URL is only for local runs.*unset it in your shell/),
  ]);
});

it('rejects half of the credentials in the file when there is an API key', () => {
  const key = { TWILIO_API_KEY: exampleSid('SK'), TWILIO_API_SECRET: 'the-secret' };
  const text = least.replace('ACCOUNT_SID=', `ACCOUNT_SID=${account.TWILIO_ACCOUNT_SID}`);
  expect(errorsIn(text, { ...account, ...key })).toEqual([
    '.env.deploy: ACCOUNT_SID must be empty when you use an API key. Remove its value, or unset TWILIO_API_KEY.',
  ]);
  expect(errorsIn(text)).toEqual([]);
});

it('rejects an environment and a file that name two accounts', () => {
  const other = least.replace('ACCOUNT_SID=', `ACCOUNT_SID=${exampleSid('AC', 2)}`);
  expect(errorsIn(other)).toEqual([expect.stringMatching(/name different accounts/)]);
});
