import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';
import { basicAuthorization } from '../../src/common/http-basic';
import { TestProxyClient } from '../support/proxy-client';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder } from '../support/taskrouter-process';

endCommandsAfterEach();

type ReadyWithProxy = Ready & { readonly proxyUrl: string; readonly caFile: string };

const start = (data: string, ...flags: string[]) =>
  new TaskrouterCommand(['start', ...anywhere, '--data', data, ...flags]);

/** At Twilio's address, behind the proxy, a program finds the local workspace. */
async function expectWorkspaceThrough(ready: ReadyWithProxy): Promise<void> {
  const { proxyUrl, caFile, accountSid, authToken, workspaceSid } = ready;
  const client = new TestProxyClient(proxyUrl, readFileSync(caFile, 'utf8'));
  const headers = { authorization: basicAuthorization(accountSid, authToken) };
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`;
  expect(await (await client.fetch(url, { headers })).json()).toMatchObject({ sid: workspaceSid, url });
  await client.close();
}

/** What a shell has after the commands that `env --export` prints. */
function variablesAfter(commands: string): NodeJS.ProcessEnv {
  const script = `${commands}\n"${process.execPath}" -p 'JSON.stringify(process.env)'`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

it('lets programs in other terminals find TaskRouter where they expect Twilio', async () => {
  const data = temporaryFolder();
  const run = start(data, '--proxy');
  const ready = (await run.ready()) as ReadyWithProxy;
  const { proxyUrl, caFile, accountSid, workspaceSid } = ready;
  await expectWorkspaceThrough(ready);

  const { output } = await new TaskrouterCommand(['env', '--export', '--proxy', '--data', data]).ended();
  const folder = path.dirname(caFile);
  // With the preload, which is built with the command, this shell's Node would need a build.
  expect(variablesAfter(output.replace(/^export NODE_OPTIONS=.*\n/m, ''))).toMatchObject({
    HTTPS_PROXY: proxyUrl,
    SSL_CERT_FILE: caFile,
    PYTHONPATH: path.join(folder, 'python'),
    JAVA_TOOL_OPTIONS: expect.stringContaining(` -Djavax.net.ssl.trustStore=${folder}`),
    TWILIO_WORKSPACE_SID: workspaceSid,
    TWILIO_ACCOUNT_SID: accountSid,
  });
  expect(output).toContain(`export NODE_OPTIONS='--require ${folder}/preload.js'\n`);

  await run.stop();
  expect(existsSync(folder)).toBe(false);
});

it('runs beside the TaskRouter alone, too', async () => {
  const run = new TaskrouterCommand(['serve', ...anywhere, '--memory', '--proxy']);
  await expectWorkspaceThrough((await run.ready()) as ReadyWithProxy);
});

it('writes the variables to .env, and keeps options that are there', async () => {
  const data = temporaryFolder();
  const { caFile } = (await start(data, '--proxy').ready()) as ReadyWithProxy;
  const before = process.cwd();
  process.chdir(temporaryFolder());
  try {
    writeFileSync(
      '.env',
      'NODE_OPTIONS=--no-warnings --require "/tmp/taskrouter-run-gone/preload.js"\nOWN=1\n',
    );
    await new TaskrouterCommand(['env', '--write', '--proxy', '--data', data]).ended();
    expect(parse(readFileSync('.env', 'utf8'))).toMatchObject({
      OWN: '1',
      NODE_OPTIONS: `--no-warnings --require ${path.dirname(caFile)}/preload.js`,
      SSL_CERT_FILE: caFile,
    });
  } finally {
    process.chdir(before);
  }
});

it('says how to start a run with a proxy', async () => {
  const data = temporaryFolder();
  await start(data).ready();
  const { code, errors } = await new TaskrouterCommand(['env', '--proxy', '--data', data]).ended();
  expect({ code, errors }).toEqual({
    code: 3,
    errors: expect.stringContaining('npx taskrouter start --proxy'),
  });
});
