import { VirtualClock } from '../../src/system/virtual-clock';
import { ServiceMetrics } from '../../src/taskrouter/metrics/service-metrics';
import { startTaskRouterService, type TaskRouterService } from '../../src/taskrouter/start';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import { createTwilioClient } from '../../src/workspace/client';
import { countingSids } from '../support/counting-sids';
import { workspaceWithAlice } from '../support/start-test-service';
import { testAccount, testStart } from '../support/start-test-taskrouter';

let service: TaskRouterService;
let clock: VirtualClock;
let statusOfCallbacks: number;

beforeEach(async () => {
  statusOfCallbacks = 200;
  clock = new VirtualClock(testStart, () => service.idle());
  service = await startTaskRouterService({
    accountSid: testAccount.sid,
    authToken: testAccount.authToken,
    apiKey: testAccount.apiKey,
    newSid: countingSids(),
    clock,
    store: new MemoryStore(),
    host: '127.0.0.1',
    port: 0,
    log: { warn: () => undefined, error: () => undefined },
    respond: () => ({ status: statusOfCallbacks }),
    newMetrics: (sources) => new ServiceMetrics(sources, () => ({ log: 3, functions: 5 })),
    onFailure: (failure) => {
      throw failure;
    },
  });
});
afterEach(() => service.close());

const authorization = `Basic ${Buffer.from(`${testAccount.sid}:${testAccount.authToken}`).toString('base64')}`;

/** The lines of the metrics with this name. */
async function metric(name: string): Promise<string[]> {
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization } });
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return (await response.text()).split('\n').filter((line) => line.startsWith(name));
}

/** A task on offer to Alice, with an assignment callback. */
async function offerTask() {
  const account = { accountSid: testAccount.sid, username: testAccount.sid, password: testAccount.authToken };
  const client = createTwilioClient(account, service.url);
  const { workspace } = await workspaceWithAlice(client, {
    assignmentCallbackUrl: 'http://localhost:3000/callback',
  });
  const task = await workspace.tasks.create({});
  await service.idle();
  return { workspace, task };
}

it('counts requests by operation and status, without its own and those of the pages', async () => {
  const { workspace } = await offerTask();
  await workspace
    .tasks('WT00000000000000000000000000000bad')
    .fetch()
    .catch(() => undefined);
  await metric('');
  expect(await metric('taskrouter_requests_total')).toEqual(
    expect.arrayContaining([
      'taskrouter_requests_total{operation="CreateTask",status="201"} 1',
      'taskrouter_requests_total{operation="FetchTask",status="404"} 1',
    ]),
  );
  expect((await metric('taskrouter_requests_total')).join()).not.toContain('operation=""');
  expect(await metric('taskrouter_request_duration_seconds_count')).toHaveLength(1);
});

it('counts transitions, commits, and callbacks by outcome', async () => {
  await service.startCallbacks();
  statusOfCallbacks = 500;
  await offerTask();
  expect(await metric('taskrouter_transitions_total')).toContain(
    'taskrouter_transitions_total{type="reservation.created"} 1',
  );
  expect(await metric('taskrouter_callbacks_total')).toEqual([
    'taskrouter_callbacks_total{kind="assignment",outcome="failed"} 1',
  ]);
  expect(await metric('taskrouter_callback_duration_seconds_count')).toEqual([
    'taskrouter_callback_duration_seconds_count{kind="assignment"} 1',
  ]);
  const [commits = ''] = await metric('taskrouter_commit_duration_seconds_count');
  expect(Number(commits.split(' ')[1])).toBeGreaterThan(3);
});

it('measures the outbox, dropped lines of the log, and the delay of the event loop', async () => {
  await offerTask();
  await clock.advance(7000);
  expect(await metric('taskrouter_outbox')).toEqual([
    'taskrouter_outbox_callbacks{kind="assignment"} 1',
    'taskrouter_outbox_callbacks{kind="event"} 0',
    'taskrouter_outbox_oldest_age_seconds 7',
    'taskrouter_outbox_dropped 0',
  ]);
  expect(await metric('taskrouter_log_lines_dropped')).toEqual([
    'taskrouter_log_lines_dropped{source="log"} 3',
    'taskrouter_log_lines_dropped{source="functions"} 5',
  ]);
  expect(await metric('nodejs_eventloop_lag_p99_seconds')).toHaveLength(1);
});

it('requires credentials, and is not in the request log', async () => {
  expect((await fetch(`${service.url}/metrics`)).status).toBe(401);
  await metric('');
  expect(service.journal.since(0).filter(({ type }) => type === 'request')).toEqual([]);
});
