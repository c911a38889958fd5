import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { listening } from '../support/listening';
import {
  emptyEnvironmentFile,
  type Ready,
  removeFolders,
  TaskrouterProcess,
  workspaceOf,
} from '../support/taskrouter-process';
import { python } from './clients';

jest.setTimeout(120_000);
afterEach(() => TaskrouterProcess.endAll());
afterAll(removeFolders);

const hasPackages = spawnSync(python, ['-c', 'import twilio, flask']).status === 0;
if (!hasPackages) process.stderr.write('Skipped: the tutorial with Flask, which is not on this machine\n');
const itWithFlask = hasPackages ? it : it.skip;

async function unusedPort(): Promise<string> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  return String(port);
}

itWithFlask("takes a task from created to assigned with the tutorial's program", async () => {
  const port = await unusedPort();
  const app = `http://127.0.0.1:${port}`;
  const program = new TaskrouterProcess(
    ['run', '--json', '--env', emptyEnvironmentFile, '--', python, '-m', 'flask', 'run'],
    { FLASK_APP: path.join(__dirname, 'programs', 'run.py'), FLASK_RUN_PORT: port },
  );
  await program.logged(/Running on/);
  const ready = JSON.parse(program.log.slice(0, program.log.indexOf('\n'))) as Ready;
  const visit = async (route: string) => (await fetch(`${app}/${route}`)).text();

  // What the tutorial does in the Console.
  const workspace = workspaceOf(ready);
  const assignmentCallbackUrl = `${app}/assignment_callback`;
  await workspace.workflows(ready.workflowSid).update({ assignmentCallbackUrl });
  expect(await visit('create_task')).toBe('pending');
  await workspace.workers(ready.workers.Alice ?? '').update({ activitySid: ready.activities.Idle ?? '' });

  const [, task, reservation] = await program.written(/(WT\w{32}) (WR\w{32})/);
  const accept = `accept_reservation?task_sid=${task}&reservation_sid=${reservation}`;
  expect(await visit(accept)).toBe('Alice accepted');
  expect((await workspace.tasks(task ?? '').fetch()).assignmentStatus).toBe('assigned');
  expect((await program.stop('SIGTERM')).output).toContain(`${task} ${reservation}`);
});
