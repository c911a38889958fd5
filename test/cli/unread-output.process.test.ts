import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { endCommandsAfterEach } from '../support/taskrouter-command';
import { anywhere, TaskrouterProcess, workspaceOf } from '../support/taskrouter-process';

endCommandsAfterEach();

const receiver = createServer((request, response) =>
  request.resume().on('end', () => response.writeHead(204).end()),
);
beforeAll(() => new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve)));
afterAll(() => void receiver.close());

/** The log has a line for each event callback, with its URL. So few tasks fill what the pipe and the queue hold. */
function longUrl(): string {
  const { port } = receiver.address() as AddressInfo;
  return `http://127.0.0.1:${port}/${'x'.repeat(8000)}`;
}

it('goes on while nobody reads its log, says later how many lines it dropped, and stops on a signal', async () => {
  const run = new TaskrouterProcess(['start', ...anywhere, '--memory', '--verbose']);
  const log = run.child.stderr as Readable;
  log.pause();
  const ready = await run.ready();
  const workspace = workspaceOf(ready);
  await workspace.update({ eventCallbackUrl: longUrl() });
  const createTasks = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        workspace.tasks.create({ attributes: '{"selected_language":"es"}' }),
      ),
    );

  await createTasks(150);
  expect((await fetch(`${ready.functionsUrl}/lifecycle`)).status).toBe(200);
  let text = '';
  const notice = new Promise<void>((resolve) => {
    log.on('data', (chunk) => {
      text += chunk;
      if (/\{"level":40,.*"dropped":\d+,"msg":"\d+ lines of the log dropped,.*\n/.test(text)) resolve();
    });
  });
  log.resume();
  await notice;

  log.pause();
  await createTasks(50);
  const exit = new Promise((resolve) => run.child.once('exit', resolve));
  run.child.kill('SIGTERM');
  expect(await exit).toBe(0);
  log.resume();
  await run.ended();
});
