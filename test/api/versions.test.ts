import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import { simpleWorkspace } from '../support/simple-workspace';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
const task = () => `${simple.path}/Tasks/${countedSid('WT', 1)}`;
const worker = () => `${simple.path}/Workers/${countedSid('WK', 1)}`;

beforeEach(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
});
afterEach(() => bench.close());

describe('the ETag', () => {
  it('is "0" for a new task, and increases by one with each update', async () => {
    const created = await bench.post(`${simple.path}/Tasks`);
    expect(created.headers.etag).toBe('"0"');
    const updated = await bench.post(task(), { Priority: 3 });
    expect(updated.headers.etag).toBe('"1"');
    expect((await bench.get(task())).headers.etag).toBe('"1"');
  });

  it('is sent for workers, and for reservations only on the path of their task', async () => {
    await bench.post(`${simple.path}/Tasks`);
    const created = await bench.post(`${simple.path}/Workers`, {
      FriendlyName: 'Alice',
      ActivitySid: simple.activities.Available as string,
    });
    expect(created.headers.etag).toBe('"0"');
    const reservation = `/Reservations/${countedSid('WR', 1)}`;
    expect((await bench.get(task() + reservation)).headers.etag).toBe('"0"');
    expect((await bench.get(worker() + reservation)).headers.etag).toBeUndefined();
  });

  it('is not sent for lists, queues, workflows, activities, and workspaces', async () => {
    const paths = [
      '/Tasks',
      '/Workers',
      `/TaskQueues/${simple.taskQueueSid}`,
      `/Workflows/${simple.workflowSid}`,
      '',
    ];
    for (const path of paths) expect((await bench.get(simple.path + path)).headers.etag).toBeUndefined();
  });
});

describe('If-Match', () => {
  it.each(['"1"', '1', 'W/"1"', '*', ' "1" ', '"0", "1"', 'abc,1'])(
    'allows an update of version 1 as %j',
    async (ifMatch) => {
      await bench.post(`${simple.path}/Tasks`);
      await bench.post(task(), { Priority: 1 });
      const { status } = await bench.post(task(), { Priority: 2 }, { 'if-match': ifMatch });
      expect(status).toBe(200);
    },
  );

  it.each(['"0"', '0', '"2"', 'abc', '""', '"0", "2"', '"0,1"', '99999999999999999999'])(
    'refuses an update of version 1 as %j, and nothing changes',
    async (ifMatch) => {
      await bench.post(`${simple.path}/Tasks`);
      await bench.post(task(), { Priority: 1 });
      const { status, body } = await bench.post(task(), { Priority: 2 }, { 'if-match': ifMatch });
      expect([status, body.code, body.message]).toEqual([412, 20412, 'Precondition failed']);
      expect((await bench.get(task())).body.priority).toBe(1);
    },
  );

  it.each(['', ' ', '"1', '1"', '1 2', ',', '"1",', '<1>'])(
    'refuses %j as malformed, so that no client retries with it',
    async (ifMatch) => {
      await bench.post(`${simple.path}/Tasks`);
      const { status, body } = await bench.post(task(), { Priority: 2 }, { 'if-match': ifMatch });
      expect([status, body.code]).toEqual([400, 20001]);
      expect(body.message).toMatch(/ provided for If-Match is not an ETag, such as "0"$/);
      expect((await bench.get(task())).body.priority).toBe(0);
    },
  );

  it('applies to deletion of tasks and workers', async () => {
    await bench.post(`${simple.path}/Tasks`);
    await bench.post(`${simple.path}/Workers`, { FriendlyName: 'Alice' });
    for (const path of [task(), worker()]) {
      expect((await bench.remove(path, { 'if-match': '"9"' })).status).toBe(412);
      expect((await bench.remove(path, { 'if-match': '"0"' })).status).toBe(204);
      expect((await bench.get(path)).status).toBe(404);
    }
  });

  it('applies to workers, and to reservations on both paths', async () => {
    await bench.post(`${simple.path}/Tasks`);
    const ActivitySid = simple.activities.Available as string;
    await bench.post(`${simple.path}/Workers`, { FriendlyName: 'Alice', ActivitySid });
    const wrong = { 'if-match': '"9"' };
    const accept = { ReservationStatus: 'accepted' };
    const reservation = `/Reservations/${countedSid('WR', 1)}`;
    expect((await bench.post(worker(), { FriendlyName: 'Alicia' }, wrong)).status).toBe(412);
    expect((await bench.post(task() + reservation, accept, wrong)).status).toBe(412);
    expect((await bench.post(worker() + reservation, accept, wrong)).status).toBe(412);
    expect((await bench.post(task() + reservation, accept, { 'if-match': '"0"' })).status).toBe(200);
  });

  it('is ignored for resources without versions', async () => {
    const { status } = await bench.post(simple.path, { FriendlyName: 'Renamed' }, { 'if-match': '"9"' });
    expect(status).toBe(200);
  });
});
