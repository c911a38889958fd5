import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { availableWorkers, oneQueueWorkspace } from './one-queue-workspace';
import { Api } from './service/api';
import { Receiver } from './service/receiver';
import { type Service, withService } from './service/service';

// npm run soak -- [--minutes N] [--rate N]
// Runs whole lifecycles at a constant rate against a service that writes to disk, and prints a line per minute. Memory
// should be flat once finished tasks begin to be deleted, after five minutes.

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

  constructor(private readonly api: Api) {}

  /** Creates a task. The receiver accepts its reservation. */
  async create(): Promise<void> {
    await this.api.expect(201, this.api.post('/Tasks', { Attributes: '{"selected_language":"es"}' }));
    this.counts.created++;
  }

  /** Completes a task some time after its acceptance. */
  async completeLater(taskSid: string): Promise<void> {
    await wait(talkMs);
    const form = { AssignmentStatus: 'completed', Reason: 'soak' };
    await this.api.expect(200, this.api.post(`/Tasks/${taskSid}`, form));
    this.counts.completed++;
  }

  /** Counts a failure instead of stopping. */
  attempt(work: Promise<void>): void {
    work.catch(() => {
      this.counts.failed++;
    });
  }
}

async function soak(minutes: number, rate: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-soak-'));
  const receiver = await Receiver.start();
  const file = { ...oneQueueWorkspace('Soak', receiver.origin), workers: availableWorkers(workers) };
  try {
    await withService({ data: folder, workspace: file }, async (service) => {
      const api = new Api(service, 32);
      const run = new Soak(api);
      receiver.onCallback = ({ kind, taskSid }) => {
        if (kind === 'assignment') run.attempt(run.completeLater(taskSid));
      };
      console.log(`${rate} lifecycles per second for ${minutes} minutes`);
      for (let minute = 1; minute <= minutes; minute++) {
        await oneMinute(run, rate);
        console.log(figures(run, minute, await metricsOf(service), folder));
      }
      await api.close();
    });
  } finally {
    await receiver.close();
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

/** The value of a metric of the service, by its name. */
type Metrics = (name: string) => number;

async function metricsOf({ origin, headers }: Service): Promise<Metrics> {
  const response = await fetch(`${origin}/metrics`, { headers });
  const lines = (await response.text()).split('\n');
  return (name) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
}

function figures({ counts }: Soak, minute: number, metric: Metrics, dataDirectory: string): string {
  const { created, completed, failed } = counts;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;
  return [
    `minute ${minute}: ${created} created, ${completed} completed, ${failed} failed`,
    `RSS ${megabytes(metric('process_resident_memory_bytes'))}`,
    `heap ${megabytes(metric('nodejs_heap_size_used_bytes'))}`,
    `event-loop delay p99 ${Math.round(metric('nodejs_eventloop_lag_p99_seconds') * 1000)} ms`,
    `database ${megabytes(statSync(path.join(dataDirectory, 'taskrouter.db')).size)}`,
  ].join(', ');
}

const { values } = parseArgs({ options: { minutes: { type: 'string' }, rate: { type: 'string' } } });
soak(Number(values.minutes ?? 20), Number(values.rate ?? 50)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
