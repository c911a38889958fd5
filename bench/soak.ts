import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { basicAuthorization } from '../src/common/http-basic';
import { oneQueueWorkspace } from './one-queue-workspace';
import { command, startProgram } from './service/processes';

// npm run soak -- [--minutes N] [--rate N]
// Runs whole lifecycles at a constant rate against a service that writes to disk, and prints a line per minute. Memory
// should be flat once finished tasks begin to be deleted, after five minutes.

interface Ready {
  readonly taskrouterUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly workspaceSid: string;
}

/** How long a worker talks, in milliseconds. */
const talkMs = 500;
/** Enough for the rate, so that no task waits for a worker. */
const workers = 200;

interface Counts {
  created: number;
  completed: number;
  failed: number;
}

class Soak {
  readonly counts: Counts = { created: 0, completed: 0, failed: 0 };
  private readonly pool: Pool;
  private readonly headers: Record<string, string>;

  constructor(private readonly ready: Ready) {
    this.pool = new Pool(ready.taskrouterUrl, { connections: 32 });
    const authorization = basicAuthorization(ready.accountSid, ready.authToken);
    this.headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  }

  /** Creates a task. The receiver accepts its reservation. */
  async create(): Promise<void> {
    await this.post('/Tasks', { Attributes: '{"selected_language":"es"}' }, 201);
    this.counts.created++;
  }

  /** Completes a task some time after its acceptance. */
  async completeLater(taskSid: string): Promise<void> {
    await wait(talkMs);
    await this.post(`/Tasks/${taskSid}`, { AssignmentStatus: 'completed', Reason: 'soak' }, 200);
    this.counts.completed++;
  }

  /** The value of a metric of the service. */
  async metrics(): Promise<(name: string) => number> {
    const { body } = await this.pool.request({ path: '/metrics', method: 'GET', headers: this.headers });
    const lines = (await body.text()).split('\n');
    return (name) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
  }

  /** Counts a failure instead of stopping. */
  attempt(work: Promise<void>): void {
    work.catch(() => {
      this.counts.failed++;
    });
  }

  private async post(location: string, form: Record<string, string>, wanted: number): Promise<void> {
    const { statusCode, body } = await this.pool.request({
      path: `/v1/Workspaces/${this.ready.workspaceSid}${location}`,
      method: 'POST',
      headers: this.headers,
      body: new URLSearchParams(form).toString(),
    });
    await body.dump();
    if (statusCode !== wanted) throw new Error(`${location} returned ${statusCode}`);
  }
}

async function soak(minutes: number, rate: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-soak-'));
  let run: Soak | null = null;
  const receiver = await startReceiver((taskSid) => run?.attempt(run.completeLater(taskSid)));
  const service = await startProgram(serviceCommand(folder, receiver), { file: path.join(folder, 'log') });
  try {
    run = new Soak(JSON.parse(service.line) as Ready);
    console.log(`${rate} lifecycles per second for ${minutes} minutes`);
    for (let minute = 1; minute <= minutes; minute++) {
      await oneMinute(run, rate);
      console.log(await figures(run, minute, folder));
    }
  } finally {
    await service.stop();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts lifecycles at their times, whatever happened to earlier ones. */
async function oneMinute(run: Soak, rate: number): Promise<void> {
  const started = performance.now();
  for (let number = 0; number < rate * 60; number++) {
    await wait(Math.max(0, started + (number * 1000) / rate - performance.now()));
    run.attempt(run.create());
  }
}

async function figures(run: Soak, minute: number, folder: string): Promise<string> {
  const metric = await run.metrics();
  const { created, completed, failed } = run.counts;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;
  return [
    `minute ${minute}: ${created} created, ${completed} completed, ${failed} failed`,
    `RSS ${megabytes(metric('process_resident_memory_bytes'))}`,
    `heap ${megabytes(metric('nodejs_heap_size_used_bytes'))}`,
    `event-loop delay p99 ${Math.round(metric('nodejs_eventloop_lag_p99_seconds') * 1000)} ms`,
    `database ${megabytes(statSync(path.join(folder, 'data', 'taskrouter.db')).size)}`,
  ].join(', ');
}

/** Accepts every reservation. */
async function startReceiver(onAccept: (taskSid: string) => void): Promise<Server> {
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await textOf(request));
    const isAssignment = request.url === '/assignment-callback';
    response.setHeader('content-type', 'application/json');
    response.end(isAssignment ? '{"instruction":"accept"}' : '');
    if (isAssignment) onAccept(form.get('TaskSid') ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function serviceCommand(folder: string, receiver: Server): string[] {
  const file = path.join(folder, 'workspace.json');
  writeFileSync(
    file,
    JSON.stringify(workspaceFor(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}`)),
  );
  const where = ['--taskrouter-port', '0', '--data', path.join(folder, 'data'), '--workspace', file];
  return command('serve', ...where, '--json');
}

/** All workers are available. */
const workspaceFor = (receiverUrl: string) => ({
  ...oneQueueWorkspace('Soak', receiverUrl),
  workers: Array.from({ length: workers }, (_, index) => ({
    friendlyName: `Worker ${index + 1}`,
    activity: 'Idle',
    attributes: {},
  })),
});

const { values } = parseArgs({ options: { minutes: { type: 'string' }, rate: { type: 'string' } } });
soak(Number(values.minutes ?? 20), Number(values.rate ?? 50)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
