import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import path from 'node:path';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import {
  anywhere,
  projectRoot,
  type Ready,
  TaskrouterProcess,
  temporaryFolder,
  workspaceOf,
} from '../support/taskrouter-process';

endCommandsAfterEach();

const serve = (...args: string[]) => new TaskrouterProcess(['serve', ...anywhere, ...args]);

interface Callback {
  readonly outcome: string;
  readonly event_type: string | null;
}

async function callbacks({ taskrouterUrl, accountSid, authToken }: Ready): Promise<Callback[]> {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const response = await fetch(`${taskrouterUrl}/_taskrouter/callbacks`, { headers: { authorization } });
  return ((await response.json()) as { callbacks: Callback[] }).callbacks;
}

it('keeps what it had not sent when it was stopped, and sends it after the next start', async () => {
  const data = temporaryFolder();
  // Its log names each event callback that it sent.
  const first = new TaskrouterProcess(['start', ...anywhere, '--verbose', '--data', data]);
  const ready = await first.ready();
  const workspace = workspaceOf(ready);
  const tasks = await Promise.all(
    Array.from({ length: 20 }, () => workspace.tasks.create({ attributes: '{"selected_language":"es"}' })),
  );
  const { code, errors } = await first.stop('SIGTERM');
  expect(code).toBe(0);
  expect(errors).not.toContain('dropped');

  const again = await new TaskrouterProcess(['start', ...anywhere, '--data', data]).ready();
  const known = new RegExp(`task.created (${tasks.map(({ sid }) => sid).join('|')})`, 'g');
  const sent = () => new Set(errors.match(known) ?? []).size;
  const before = sent();
  let after: Callback[] = [];
  while (after.filter(({ event_type: type }) => type === 'task.created').length < tasks.length - before)
    after = await callbacks(again);
  expect(after.filter(({ outcome }) => outcome === 'dropped')).toEqual([]);
});

it('goes on when its terminal is closed, and ends on a signal, although somebody never finishes a request', async () => {
  const run = serve('--memory');
  const { taskrouterUrl } = await run.ready();
  run.child.kill('SIGHUP');
  for (let request = 0; request < 3; request++)
    expect((await fetch(`${taskrouterUrl}/healthz`)).status).toBe(200);
  const { port } = new URL(taskrouterUrl);
  const socket = connect(Number(port), '127.0.0.1');
  const answered = new Promise((resolve) => socket.once('data', resolve));
  socket.write('POST /v1/Workspaces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nab');
  await Promise.race([answered, new Promise((resolve) => socket.once('error', resolve))]);
  expect((await run.stop('SIGTERM')).code).toBe(0);
  socket.destroy();
});

it('takes two signals at once for one, as npm and timeout pass them on', async () => {
  const run = serve('--memory');
  const { taskrouterUrl, accountSid, authToken } = await run.ready();
  // A request under way keeps the process until both signals are there: one that meets its last moment would kill it.
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const socket = connect(Number(new URL(taskrouterUrl).port), '127.0.0.1');
  socket.write(
    'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' +
      `POST /v1/Workspaces HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n` +
      'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nab',
  );
  await once(socket, 'data');
  run.child.kill('SIGTERM');
  run.child.kill('SIGTERM');
  socket.destroy();
  expect((await run.ended()).code).toBe(0);
});

it('sends no credentials to a program that took the port of a run that crashed', async () => {
  const data = temporaryFolder();
  const run = serve('--data', data);
  const { taskrouterUrl } = await run.ready();
  await run.stop('SIGKILL');
  const heard: (string | undefined)[] = [];
  const stranger = createServer((request, response) => {
    heard.push(request.headers.authorization);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) =>
    stranger.listen(Number(new URL(taskrouterUrl).port), '127.0.0.1', resolve),
  );
  expect((stranger.address() as AddressInfo).address).toBe('127.0.0.1');

  const env = await new TaskrouterCommand(['env', '--data', data]).ended();
  expect(env).toMatchObject({ code: 3, errors: expect.stringContaining('No TaskRouter is running') });
  const reset = await new TaskrouterCommand(['reset', '--data', data]).ended();
  expect(reset).toMatchObject({ code: 0, output: expect.not.stringContaining('goes on running') });
  expect(heard.filter(Boolean)).toEqual([]);
  await new Promise((resolve) => stranger.close(resolve));
});

it('ends with the shell that npm puts before it, which does not pass SIGTERM on', async () => {
  const node = `"${process.execPath}" --import ./scripts/end-with-parent.mjs dist/cli/taskrouter.js`;
  const shell = spawn('sh', ['-c', `${node} serve --memory ${anywhere.join(' ')}; true`], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(shell.stdout, 'data');
  const { taskrouterUrl } = JSON.parse(String(line)) as Ready;
  const ended = once(shell.stdout, 'close');
  shell.kill('SIGTERM');
  await ended;
  await expect(fetch(`${taskrouterUrl}/healthz`)).rejects.toThrow();
});

it('does not begin in a directory that no longer exists', () => {
  const folder = temporaryFolder();
  const script = `cd "${folder}" && rmdir "${folder}" && "${process.execPath}" "${path.join(projectRoot, 'dist/cli/taskrouter.js')}" --help`;
  const { status, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([
    3,
    'The current directory no longer exists. Change to another directory and try again.\n',
  ]);
});
