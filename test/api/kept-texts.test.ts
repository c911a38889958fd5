import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

/** The JSON of an entity is kept, so each response is read twice: what the first one left must not show in the second. */

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
let task: string;

beforeEach(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
  task = `${simple.path}/Tasks/${await bench.create(`${simple.path}/Tasks`, {})}`;
});
afterEach(() => bench.close());

const read = async (path: string) => (await bench.get(path)).body;
const listed = async () => (await read(`${simple.path}/Tasks`)).tasks[0];

it('shows the same task alone and in a list', async () => {
  expect(await listed()).toEqual(await read(task));
});

it('shows the age of a task as it grows', async () => {
  expect((await listed()).age).toBe(0);
  await bench.clock.advance(61_000);
  expect([(await listed()).age, (await read(task)).age]).toEqual([61, 61]);
});

it('shows the names of a task queue and a workflow that were renamed', async () => {
  await read(task);
  await bench.post(`${simple.path}/TaskQueues/${simple.taskQueueSid}`, { FriendlyName: 'Somebody' });
  await bench.post(`${simple.path}/Workflows/${simple.workflowSid}`, { FriendlyName: 'Something' });
  const names = { task_queue_friendly_name: 'Somebody', workflow_friendly_name: 'Something' };
  expect(await read(task)).toMatchObject(names);
  expect(await listed()).toMatchObject(names);
});

it('shows the activity of a worker that was renamed', async () => {
  const ActivitySid = simple.activities.Offline as string;
  const sid = await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice', ActivitySid });
  const worker = `${simple.path}/Workers/${sid}`;
  expect((await read(worker)).activity_name).toBe('Offline');
  await bench.post(`${simple.path}/Activities/${ActivitySid}`, { FriendlyName: 'Gone' });
  expect((await read(worker)).activity_name).toBe('Gone');
});

it('shows what an update changed', async () => {
  await read(task);
  await bench.post(task, { Priority: 7 });
  expect([(await read(task)).priority, (await listed()).priority]).toEqual([7, 7]);
});

it('writes URLs under the origin that each client uses', async () => {
  const urlAt = async (host: string) => (await bench.get(task, { host })).body.url;
  expect(await urlAt('localhost:4040')).toBe(`http://localhost:4040${task}`);
  expect(await urlAt('taskrouter.twilio.com')).toBe(`https://taskrouter.twilio.com${task}`);
  expect(await urlAt('localhost:4040')).toBe(`http://localhost:4040${task}`);
});

it('writes the URL of a reservation under the path of the request', async () => {
  const ActivitySid = simple.activities.Available as string;
  const worker = `${simple.path}/Workers/${await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice', ActivitySid })}`;
  for (const owner of [task, worker, task]) {
    const [reservation] = (await read(`${owner}/Reservations`)).reservations;
    expect(reservation.url).toBe(`http://127.0.0.1:4040${owner}/Reservations/${reservation.sid}`);
    expect(await read(`${owner}/Reservations/${reservation.sid}`)).toEqual(reservation);
  }
});

it('shows every row of lists that are longer than what is kept', async () => {
  const created = Array.from({ length: 1200 }, (_, count) =>
    bench.taskRouter.execute({
      type: 'CreateTask',
      workspaceSid: simple.workspaceSid,
      workflowSid: simple.workflowSid,
      priority: count,
    } as never),
  );
  await Promise.all(created);
  for (const _ of [1, 2]) {
    const first = await read(`${simple.path}/Tasks?PageSize=1000`);
    const second = await read(first.meta.next_page_url.replace(/^http:\/\/[^/]+/, ''));
    const priorities = [...first.tasks, ...second.tasks].slice(1).map(({ priority }) => priority);
    expect(priorities).toEqual(Array.from({ length: 1200 }, (_, count) => count));
  }
});
