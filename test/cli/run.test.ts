import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, emptyEnvironmentFile, temporaryFolder } from '../support/taskrouter-process';

endCommandsAfterEach();

const hex = (digit: string) => digit.repeat(32);
const own = {
  TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
  AUTH_TOKEN: hex('2'),
  TWILIO_API_KEY: `SK${hex('3')}`,
  TWILIO_API_SECRET: hex('4'),
  TWILIO_WORKSPACE_SID: `WS${hex('5')}`,
  WORKFLOW_SID: `WW${hex('6')}`,
};

function environmentFile(variables: Record<string, string>): string {
  const file = path.join(temporaryFolder(), 'program.env');
  writeFileSync(
    file,
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return file;
}

/** Runs a program that writes its environment down. */
async function run(flags: readonly string[], environment: Record<string, string> = {}, format = ['--json']) {
  const written = path.join(temporaryFolder(), 'environment');
  const command = ['sh', '-c', `env > ${written}`];
  const file = flags.includes('--env') ? [] : ['--env', emptyEnvironmentFile];
  const args = ['run', ...format, ...file, ...flags, '--', ...command];
  const ended = await new TaskrouterCommand(args, environment).ended();
  return { ...ended, seen: existsSync(written) ? parse(readFileSync(written, 'utf8')) : null };
}

const readyIn = (errors: string) => JSON.parse(errors.slice(0, errors.indexOf('\n')));

describe('the environment of the program', () => {
  it('has the account and the workspace under the names of the SDKs, the toolkit, and the tutorial', async () => {
    const { code, seen, errors, output } = await run([]);
    const ready = readyIn(errors);
    expect([code, output]).toEqual([0, '']);
    expect(seen).toMatchObject({
      TWILIO_ACCOUNT_SID: ready.accountSid,
      ACCOUNT_SID: ready.accountSid,
      TWILIO_AUTH_TOKEN: ready.authToken,
      AUTH_TOKEN: ready.authToken,
      TWILIO_API_KEY: ready.apiKeySid,
      TWILIO_API_SECRET: ready.apiKeySecret,
      WORKSPACE_SID: ready.workspaceSid,
      TWILIO_WORKSPACE_SID: ready.workspaceSid,
      WORKFLOW_SID: ready.workflowSid,
      TWILIO_WORKFLOW_SID: ready.workflowSid,
      TASKROUTER_BASE_URL: ready.taskrouterUrl,
      HTTPS_PROXY: ready.proxyUrl,
      NODE_EXTRA_CA_CERTS: ready.caFile,
    });
  });

  it("has the program's own account and sids from its file, which the service adopts", async () => {
    const { errors, seen } = await run(['--env', environmentFile(own)]);
    expect(readyIn(errors)).toMatchObject({
      accountSid: own.TWILIO_ACCOUNT_SID,
      authToken: own.AUTH_TOKEN,
      apiKeySid: own.TWILIO_API_KEY,
      apiKeySecret: own.TWILIO_API_SECRET,
      workspaceSid: own.TWILIO_WORKSPACE_SID,
      workflowSid: own.WORKFLOW_SID,
    });
    expect(seen).toMatchObject({ ...own, WORKSPACE_SID: own.TWILIO_WORKSPACE_SID });
  });

  it('takes its variables before those of the file', async () => {
    const { errors } = await run(['--env', environmentFile({ WORKSPACE_SID: `WS${hex('7')}` })], {
      WORKSPACE_SID: own.TWILIO_WORKSPACE_SID,
    });
    expect(readyIn(errors).workspaceSid).toBe(own.TWILIO_WORKSPACE_SID);
  });
});

describe('a data directory', () => {
  it("does not keep the program's account, token, and key", async () => {
    const data = temporaryFolder();
    const { code, errors } = await run(['--data', data, '--env', environmentFile(own)]);
    expect([code, readyIn(errors).authToken]).toEqual([0, own.AUTH_TOKEN]);
    const kept = readdirSync(data)
      .map((file) => readFileSync(path.join(data, file), 'latin1'))
      .join('');
    for (const name of ['AUTH_TOKEN', 'TWILIO_API_KEY', 'TWILIO_API_SECRET'] as const)
      expect(kept).not.toContain(own[name]);
    expect(existsSync(path.join(data, 'run.json'))).toBe(false);
  });

  it('is used through the service that runs on it', async () => {
    const data = temporaryFolder();
    const ready = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
    const { authToken: TWILIO_AUTH_TOKEN, workspaceSid: WORKSPACE_SID } = ready;
    const variables = environmentFile({ TWILIO_AUTH_TOKEN, WORKSPACE_SID });
    const { code, errors, seen } = await run(['--data', data, '--env', variables], {}, []);
    expect([code, seen?.TASKROUTER_BASE_URL, seen?.TWILIO_AUTH_TOKEN]).toEqual([
      0,
      ready.taskrouterUrl,
      TWILIO_AUTH_TOKEN,
    ]);
    expect(errors).toContain(`uses the local TaskRouter that runs on ${data}`);
    expect((await fetch(`${ready.taskrouterUrl}/healthz`)).status).toBe(200);
  });

  it('refuses a program that is set up for another service, with the lines to change', async () => {
    const data = temporaryFolder();
    const ready = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
    const file = environmentFile(own);
    const { code, errors, seen } = await run([
      '--data',
      data,
      '--env',
      file,
      '--rewrite',
      'http://a.example=http://b.example',
    ]);
    expect([code, seen]).toEqual([3, null]);
    expect(errors).toContain(
      `--rewrite cannot change the TaskRouter that runs on ${data}. Stop it, or remove the flag.`,
    );
    const mismatch = await run(['--data', data, '--env', file]);
    expect([mismatch.code, mismatch.seen]).toEqual([3, null]);
    const elsewhere = `is not that of the service on ${data}.`;
    expect(mismatch.errors.trim().split('\n')).toEqual([
      `TWILIO_ACCOUNT_SID in ${file} ${elsewhere} Change the line to: TWILIO_ACCOUNT_SID=${ready.accountSid}`,
      `AUTH_TOKEN in ${file} ${elsewhere} "npx taskrouter env --data ${data}" prints the line.`,
      `TWILIO_API_KEY in ${file} ${elsewhere} Change the line to: TWILIO_API_KEY=${ready.apiKeySid}`,
      `TWILIO_API_SECRET in ${file} ${elsewhere} "npx taskrouter env --data ${data}" prints the line.`,
      `TWILIO_WORKSPACE_SID in ${file} ${elsewhere} Change the line to: TWILIO_WORKSPACE_SID=${ready.workspaceSid}`,
    ]);
  });

  it('refuses a program whose workspace it does not have, also when nothing runs on it', async () => {
    const data = temporaryFolder();
    expect((await run(['--data', data])).code).toBe(0);
    const { code, errors } = await run(['--data', data], { WORKFLOW_SID: own.WORKFLOW_SID });
    expect(code).toBe(3);
    expect(errors).toMatch(
      /WORKFLOW_SID in the environment is not that of the service on .* Change the line to: WORKFLOW_SID=WW/,
    );
  });
});

describe('mistakes', () => {
  it.each<[string, string[], Record<string, string>, string]>([
    [
      'a malformed sid',
      [],
      { WORKSPACE_SID: 'WSxxx' },
      'WORKSPACE_SID in the environment must be WS and 32 hexadecimal digits. Correct it, or remove it to use a local one.',
    ],
    [
      'two different accounts',
      [],
      { TWILIO_ACCOUNT_SID: `AC${hex('1')}`, ACCOUNT_SID: `AC${hex('2')}` },
      'TWILIO_ACCOUNT_SID in the environment and ACCOUNT_SID in the environment differ. Remove one of them.',
    ],
    [
      'a key without its secret',
      [],
      { TWILIO_API_KEY: own.TWILIO_API_KEY },
      'The API key is incomplete: TWILIO_API_SECRET is not set.',
    ],
    [
      'a host that is not of Twilio',
      ['--pass', 'example.com'],
      {},
      '--pass example.com is not the name of a Twilio host',
    ],
    [
      'the host of TaskRouter',
      ['--pass', 'taskrouter.twilio.com'],
      {},
      '--pass taskrouter.twilio.com: this host is served by the local TaskRouter. Remove the flag.',
    ],
    [
      'a rewrite without a target',
      ['--rewrite', 'https://name.example'],
      {},
      'Invalid --rewrite "https://name.example".',
    ],
    [
      'a rewrite with a path',
      ['--rewrite', 'https://name.example/x=http://localhost:1'],
      {},
      'Give two http or https addresses without a path',
    ],
    [
      'two rewrites of one address',
      ['--rewrite', 'https://a.example=http://b.example', '--rewrite', 'https://a.example=http://c.example'],
      {},
      '--rewrite https://a.example is given twice.',
    ],
  ])('refuses %s', async (_what, flags, environment, message) => {
    const { code, errors, seen } = await run(flags, environment);
    expect([code, errors, seen]).toEqual([3, expect.stringContaining(message), null]);
  });

  it('says how to name a program', async () => {
    const { code, errors } = await new TaskrouterCommand(['run', '--json']).ended();
    expect([code, errors]).toEqual([3, 'Missing command. Try: npx taskrouter run -- node app.js\n']);
  });

  it.each<[string, string, number]>([
    ['that does not exist', 'no-such-program', 127],
    ['that is no program', path.join(__dirname, 'run.test.ts'), 126],
  ])('ends like a shell for a program %s', async (_what, program, code) => {
    const ended = await new TaskrouterCommand(['run', '--env', emptyEnvironmentFile, '--', program]).ended();
    expect([ended.code, ended.errors]).toEqual([code, expect.stringContaining(`taskrouter: ${program}: `)]);
  });
});
