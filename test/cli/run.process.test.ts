import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import path from 'node:path';
import { listening } from '../support/listening';
import { TestProxyClient } from '../support/proxy-client';
import { selfSigned } from '../support/self-signed';
import { removeFolders, TaskrouterProcess, temporaryFolder } from '../support/taskrouter-process';

jest.setTimeout(120_000);
afterEach(() => TaskrouterProcess.endAll());
afterAll(removeFolders);

const programs = path.join(__dirname, 'programs');
const emptyFolder = () => ({ TMPDIR: temporaryFolder() });

const runProgram = (file: string, flags: readonly string[] = [], environment: Record<string, string> = {}) =>
  new TaskrouterProcess(['run', '--json', ...flags, '--', 'node', path.join(programs, file)], environment);

/** The ready line, which `run` writes to standard error. */
const readyIn = (errors: string) => JSON.parse(errors.slice(0, errors.indexOf('\n')));

it('lets an unchanged program find TaskRouter with every client, and leaves nothing', async () => {
  const certificate = await selfSigned(['127.0.0.2']);
  const elsewhere = createServer(certificate, (_request, response) => response.end('elsewhere'));
  const port = await listening(elsewhere, '127.0.0.2');
  const system = path.join(temporaryFolder(), 'system.pem');
  writeFileSync(system, certificate.cert);
  const folder = emptyFolder();
  const environment = { ...folder, SSL_CERT_FILE: system, ELSEWHERE: `https://127.0.0.2:${port}/` };
  const both = [1, 2].map(() => runProgram('clients.js', [], environment));
  for (const { code, output, errors } of await Promise.all(both.map((each) => each.ended()))) {
    expect(errors).toContain('Not sent to Twilio: POST api.twilio.com/2010-04-01/Accounts/');
    expect([code, JSON.parse(output)]).toEqual([
      7,
      {
        call: 'completed',
        status: 'pending',
        url: expect.stringMatching(/^https:\/\/taskrouter\.twilio\.com\/v1\/Workspaces\/WS\w+\/Tasks\/WT/),
        // Each run has its own TaskRouter.
        tasks: 1,
        account: 'active',
        inIreland: expect.stringMatching(/^https:\/\/taskrouter\.dublin\.ie1\.twilio\.com\/v1\//),
        refused: [501, 20501],
        fetch: 200,
        https: 200,
        axios: 200,
        webSocket: expect.any(Number),
        elsewhere: ['elsewhere', 200, 'elsewhere'],
      },
    ]);
    const { taskrouterUrl, proxyUrl, caFile } = readyIn(errors);
    for (const url of [taskrouterUrl, proxyUrl]) await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(existsSync(caFile)).toBe(false);
  }
  expect(readdirSync(folder.TMPDIR)).toEqual([]);
  elsewhere.close();
});

it('calls a public URL at the address that --rewrite names, signed for the URL as written', async () => {
  const unused = createServer();
  const port = String(await listening(unused));
  await new Promise((resolve) => unused.close(resolve));
  const rewrite = `https://care.example=http://127.0.0.1:${port}`;
  const { code, output } = await runProgram('assignment.js', ['--rewrite', rewrite], { PORT: port }).ended();
  expect([code, JSON.parse(output)]).toEqual([
    0,
    { url: 'https://care.example/assignment?from=twilio', isSigned: true },
  ]);
});

it('lets a program wait for the reader of its standard error, whatever is logged', async () => {
  const start = path.join(temporaryFolder(), 'start');
  execFileSync('mkfifo', [start]);
  const script = `echo ready; cat ${start}; head -c 500000 /dev/zero | tr '\\0' x >&2`;
  const run = new TaskrouterProcess(['run', '--json', '--', 'sh', '-c', script], emptyFolder());
  await run.written(/ready/);
  const { proxyUrl } = readyIn(run.log);
  const client = new TestProxyClient(proxyUrl, '');
  expect((await client.fetchAbsolute('https://verify.twilio.com/')).status).toBe(501);
  await client.close();
  writeFileSync(start, '');
  const { code, errors } = await run.ended();
  expect([code, /x{500000}/.test(errors)]).toEqual([0, true]);
});

it('passes signals on, and ends as the program ended', async () => {
  const run = (...command: string[]) => new TaskrouterProcess(['run', '--', ...command], emptyFolder());
  const stopping =
    "process.once('SIGTERM', () => process.exit(3)); console.log('ready'); setInterval(() => {}, 1e6)";
  const handling = run('node', '-e', stopping);
  const killed = run('sh', '-c', 'kill -TERM $$');
  await handling.written(/ready/);
  expect(await handling.stop('SIGTERM')).toMatchObject({ code: 3, output: 'ready\n' });
  expect(await killed.ended()).toMatchObject({ code: null, output: '' });
  expect(killed.child.signalCode).toBe('SIGTERM');
});
