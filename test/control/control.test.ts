import { Journal } from '../../src/taskrouter/inspector/journal';
import type { CallbackRecord } from '../../src/taskrouter/webhooks/callback-record';
import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import { simpleWorkspace } from '../support/simple-workspace';
import { testStart } from '../support/start-test-taskrouter';

describe('/_taskrouter/state', () => {
  it('shows the account, the clock, and the counts', async () => {
    const bench = await ApiBench.start();
    await simpleWorkspace(bench);
    await bench.clock.advance(1500);
    const { status, body } = await bench.get('/_taskrouter/state');
    await bench.close();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      account_sid: 'AC00000000000000000000000000000abc',
      date: '2026-01-31T12:00:01Z',
      date_ms: testStart + 1500,
      counts: {
        workspaces: 1,
        activities: 3,
        task_channels: 5,
        task_queues: 1,
        workflows: 1,
        workers: 0,
        tasks: 0,
      },
    });
  });
});

it('uses the counts that the engine keeps, whatever the number of rows', async () => {
  const bench = await ApiBench.start();
  const { path, activities } = await simpleWorkspace(bench);
  const ActivitySid = activities.Available as string;
  await bench.create(`${path}/Workers`, { FriendlyName: 'Alice', ActivitySid });
  await bench.create(`${path}/Workers`, { FriendlyName: 'Bob' });
  for (let count = 0; count < 2; count += 1) await bench.create(`${path}/Tasks`, {});
  const all = jest.spyOn(bench.taskRouter.view, 'all');
  const { body } = await bench.get('/_taskrouter/state');
  expect(all).not.toHaveBeenCalled();
  expect(body).toMatchObject({
    counts: { workers: 2, worker_channels: 10, tasks: 2, reservations: 1 },
    tasks_by_status: { pending: 1, reserved: 1 },
    workers_by_availability: { available: 1, unavailable: 1 },
  });
  await bench.close();
});

it.each([
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['http://user:secret@functions.test:81/base/?token=secret', 'http://functions.test:81/base'],
  ['nonsense', null],
  [null, null],
])('shows for Functions at %s the address %s', async (url, shown) => {
  const bench = await ApiBench.start({ functionsUrl: () => url });
  expect((await bench.get('/_taskrouter/state')).body.functions_url).toBe(shown);
  await bench.close();
});

describe('/_taskrouter/reset', () => {
  it('restores the initial state, then returns it', async () => {
    const onReset = jest.fn(async () => undefined);
    const bench = await ApiBench.start({ onReset });
    const { status, body } = await bench.send('POST', '/_taskrouter/reset');
    await bench.close();
    expect(onReset).toHaveBeenCalledTimes(1);
    expect([status, body.counts.workspaces]).toEqual([200, 0]);
  });

  it('requires credentials', async () => {
    const onReset = jest.fn(async () => undefined);
    const bench = await ApiBench.start({ onReset });
    expect((await bench.post('/_taskrouter/reset', {}, { authorization: '' })).status).toBe(401);
    expect(onReset).not.toHaveBeenCalled();
    await bench.close();
  });

  it('is 501 when there is no initial state', async () => {
    const bench = await ApiBench.start();
    expect((await bench.send('POST', '/_taskrouter/reset')).status).toBe(501);
    await bench.close();
  });
});

describe('/_taskrouter/callbacks', () => {
  const record = (changes: Partial<CallbackRecord>): CallbackRecord => ({
    kind: 'assignment',
    at: testStart,
    workspaceSid: countedSid('WS', 1),
    taskSid: countedSid('WT', 1),
    workerSid: countedSid('WK', 1),
    reservationSid: countedSid('WR', 1),
    callSid: null,
    eventSid: null,
    eventType: null,
    outcome: 'no_instruction',
    attempts: [],
    result: { kind: 'none' },
    replayOf: null,
    ...changes,
  });
  let bench: ApiBench;
  const ids = async (query = '') => {
    const { body } = await bench.get(`/_taskrouter/callbacks${query}`);
    return body.callbacks.map((entry: { id: number }) => entry.id);
  };

  beforeAll(async () => {
    const journal = new Journal([]);
    journal.callbacks.add(record({}));
    journal.callbacks.add(record({ taskSid: countedSid('WT', 2), outcome: 'instruction:accept' }));
    journal.callbacks.add(record({ kind: 'event', outcome: 'delivered', workerSid: null, result: null }));
    journal.callbacks.add(record({ outcome: 'refused' }));
    bench = await ApiBench.start({ journal });
  });
  afterAll(() => bench.close());

  it('are newest first, in snake_case', async () => {
    const { body } = await bench.get('/_taskrouter/callbacks');
    expect(body.callbacks[3]).toMatchObject({
      id: 1,
      kind: 'assignment',
      task_sid: countedSid('WT', 1),
      attempts: [],
    });
    expect(await ids()).toEqual([4, 3, 2, 1]);
  });

  it.each([
    [`?task_sid=${countedSid('WT', 2)}`, [2]],
    [`?worker_sid=${countedSid('WK', 1)}`, [4, 2, 1]],
    ['?kind=event', [3]],
    ['?outcome=ok', [3, 2, 1]],
    ['?outcome=error', [4]],
    ['?callback_outcome=instruction:accept', [2]],
    ['?outcome=error&callback_outcome=refused', [4]],
    ['?limit=2', [4, 3]],
    ['?kind=event&callback_outcome=no_instruction', []],
  ])('are filtered by %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it('can be fetched individually', async () => {
    const { body } = await bench.get('/_taskrouter/callbacks/2');
    expect(body).toMatchObject({ id: 2, outcome: 'instruction:accept' });
    expect((await bench.get('/_taskrouter/callbacks/5')).status).toBe(404);
    expect((await bench.get('/_taskrouter/callbacks/x')).status).toBe(404);
  });

  it.each([
    '?kind=email',
    '?outcome=fine',
    '?outcome=instruction:accept',
    '?callback_outcome=fine',
    '?callback_outcome=error',
    '?limit=0',
    '?limit=x',
    '?task_sid=1',
  ])('are refused for %s', async (query) => {
    const { status, body } = await bench.get(`/_taskrouter/callbacks${query}`);
    expect([status, body.code]).toEqual([400, 20001]);
  });
});

it('has no other paths under /_taskrouter/', async () => {
  const bench = await ApiBench.start();
  const { status, body } = await bench.get('/_taskrouter/nothing');
  await bench.close();
  expect([status, body.message]).toEqual([404, 'The requested resource /_taskrouter/nothing was not found']);
});
