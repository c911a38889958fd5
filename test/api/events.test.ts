import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import { simpleWorkspace } from '../support/simple-workspace';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
const minute = 60_000;

beforeEach(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
});
afterEach(() => bench.close());

async function types(query = ''): Promise<string[]> {
  const { body } = await bench.get(`${simple.path}/Events${query}`);
  return body.events.map((event: { event_type: string }) => event.event_type);
}

it('returns an event with the callback fields in snake_case and the actor', async () => {
  await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice', Attributes: '{"a":1}' });
  const { body } = await bench.get(`${simple.path}/Events?EventType=worker.created`);
  const workspace = `http://127.0.0.1:4040${simple.path}`;
  const worker = countedSid('WK', 1);
  const [event] = body.events;
  expect(event).toMatchObject({
    account_sid: 'AC00000000000000000000000000000abc',
    actor_sid: simple.workspaceSid,
    actor_type: 'workspace',
    actor_url: workspace,
    description: 'Worker Alice created',
    event_date: '2026-01-31T12:00:00Z',
    event_date_ms: Date.parse('2026-01-31T12:00:00Z'),
    event_type: 'worker.created',
    resource_sid: worker,
    resource_type: 'worker',
    resource_url: `${workspace}/Workers/${worker}`,
    source: 'api',
    source_ip_address: '127.0.0.1',
    url: `${workspace}/Events/${event.sid}`,
    workspace_sid: simple.workspaceSid,
  });
  expect(event.event_data).toMatchObject({
    worker_sid: worker,
    worker_name: 'Alice',
    worker_attributes: '{"a":1}',
    workspace_sid: simple.workspaceSid,
    workspace_name: 'Simple',
  });
  expect((await bench.get(`${simple.path}/Events/${event.sid}`)).body).toEqual(event);
});

it("gives a reservation's URL under its task", async () => {
  await bench.create(`${simple.path}/Tasks`, {});
  await bench.create(`${simple.path}/Workers`, {
    FriendlyName: 'A',
    ActivitySid: simple.activities.Available as string,
  });
  const { body } = await bench.get(`${simple.path}/Events?ReservationSid=${countedSid('WR', 1)}`);
  expect(body.events[0].resource_url).toBe(
    `http://127.0.0.1:4040${simple.path}/Tasks/${countedSid('WT', 1)}/Reservations/${countedSid('WR', 1)}`,
  );
});

it('lists the last fifteen minutes by default', async () => {
  await bench.clock.advance(16 * minute);
  await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice' });
  expect(await types()).toEqual(['worker.created']);
  expect((await types('?Minutes=20')).at(-1)).toBe('workspace.created');
});

it('lists the events between two dates', async () => {
  await bench.clock.advance(60 * minute);
  await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice' });
  await bench.clock.advance(60 * minute);
  await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Bob' });
  expect(await types('?StartDate=2026-01-31T12:30:00Z&EndDate=2026-01-31T13:30:00Z')).toEqual([
    'worker.created',
  ]);
  expect(await types('?StartDate=2026-01-31T12:30:00Z')).toEqual(['worker.created', 'worker.created']);
  expect((await types('?EndDate=2026-01-31T12:01:00Z')).at(-1)).toBe('workspace.created');
  expect(await types('?EndDate=2026-01-31T12:59:00Z')).toEqual([]);
});

it('filters by type, by the entity of the event, by channel, and by its own sid', async () => {
  await bench.create(`${simple.path}/Tasks`, { TaskChannel: 'voice' });
  await bench.create(`${simple.path}/Tasks`, {});
  const of = async (query: string) => (await types(query)).filter((type) => type === 'task.created').length;
  expect(await types('?EventType=workspace.created')).toEqual(['workspace.created']);
  expect(await of(`?TaskSid=${countedSid('WT', 1)}`)).toBe(1);
  expect(await of(`?WorkflowSid=${simple.workflowSid}`)).toBe(2);
  expect(await of(`?TaskQueueSid=${simple.taskQueueSid}`)).toBe(2);
  expect(await of('?TaskChannel=voice')).toBe(1);
  expect(await of(`?TaskChannel=${countedSid('TC', 1)}`)).toBe(1);
  expect(await of(`?WorkerSid=${countedSid('WK', 1)}`)).toBe(0);
  expect(await types(`?Sid=${countedSid('EV', 1)}`)).toHaveLength(1);
});

it('does not list the events of another workspace', async () => {
  const other = await bench.create('/v1/Workspaces', { FriendlyName: 'Other' });
  const { body } = await bench.get(`/v1/Workspaces/${other}/Events/${countedSid('EV', 1)}`);
  expect(body.code).toBe(20404);
});
