import { parametersOfOperation } from '../../src/taskrouter/api/operation-parameters';
import { type Operation, operations } from '../../src/taskrouter/api/operations';
import { ApiBench } from '../support/api-bench';
import { type Form, simpleWorkspace } from '../support/simple-workspace';

/** Programs in production send `ReservationActivitySid=` and `TargetWorkersExpression=` (F4, F5). */
let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
let sids: Record<string, string>;

beforeEach(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
  const { path, activities } = simple;
  const ActivitySid = activities.Available as string;
  const workers = await bench.create(`${path}/Workers`, { FriendlyName: 'Alice', ActivitySid });
  const tasks = await bench.create(`${path}/Tasks`, { Attributes: '{"a":1}' });
  const { body } = await bench.get(`${path}/Tasks/${tasks}/Reservations`);
  const events = (await bench.get(`${path}/Events`)).body.events[0].sid;
  sids = {
    workspaces: simple.workspaceSid,
    activities: ActivitySid,
    taskChannels: 'default',
    taskQueues: simple.taskQueueSid,
    workflows: simple.workflowSid,
    workers,
    workerChannels: 'default',
    tasks,
    reservations: body.reservations[0].sid,
    events,
  };
});
afterEach(() => bench.close());

/** An empty TargetWorkers is a value: no worker matches (documented). */
const optionalOf = (name: string) =>
  parametersOfOperation(name).filter((one) => name !== 'CreateTaskQueue' || one !== 'TargetWorkers');
const pathOf = ({ path }: Operation) => path.replaceAll(/:(\w+)/g, (_part, table) => sids[table] ?? '');
const emptied = (names: readonly string[]): Form => Object.fromEntries(names.map((name) => [name, '']));

/** What a request needs besides its optional parameters. */
const needed: Readonly<Record<string, Form>> = {
  CreateWorkspace: { FriendlyName: 'New' },
  CreateActivity: { FriendlyName: 'New' },
  CreateTaskChannel: { FriendlyName: 'New', UniqueName: 'new' },
  CreateTaskQueue: { FriendlyName: 'New' },
  CreateWorkflow: { FriendlyName: 'New', Configuration: '{"task_routing":{}}' },
  CreateWorker: { FriendlyName: 'New' },
};

/** Without what differs between two resources, or two moments. */
const comparable = (text: string) =>
  text
    .replaceAll(/[A-Z]{2}[0-9a-f]{32}/g, 'SID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'DATE')
    .replaceAll(/"(New|new)\d?"/g, '"New"');

describe('a list or a resource', () => {
  it.each(operations.filter(({ method }) => method === 'GET'))(
    '$name with all parameters empty is the same as without them',
    async (operation) => {
      const path = pathOf(operation);
      const plain = await bench.get(path);
      const query = new URLSearchParams(
        Object.entries(emptied(parametersOfOperation(operation.name))).map(([name]) => [name, '']),
      );
      const empty = await bench.get(`${path}?${query}`);
      expect([empty.status, empty.body]).toEqual([200, plain.body]);
    },
  );
});

describe('a new resource', () => {
  it.each(operations.filter(({ name }) => /^Create(?!.*Statistics)/.test(name)))(
    '$name with all optional parameters empty is the same as without them',
    async (operation) => {
      const form = needed[operation.name] ?? {};
      const plain = await bench.post(pathOf(operation), form);
      const renamed = Object.fromEntries(
        Object.entries(form).map(([name, value]) => [
          name,
          value === 'New' || value === 'new' ? `${value}2` : value,
        ]),
      );
      const empty = await bench.post(pathOf(operation), {
        ...emptied(optionalOf(operation.name)),
        ...renamed,
      });
      expect(empty.status).toBe(201);
      expect(comparable(empty.text)).toEqual(comparable(plain.text));
    },
  );
});

/** What an empty value clears; all others stay. */
const clearable: Readonly<Record<string, Form>> = {
  UpdateWorkspace: { EventCallbackUrl: 'https://host.test/', EventsFilter: 'task.created' },
  UpdateTaskQueue: { TargetWorkers: '1==1' },
  UpdateWorkflow: {
    AssignmentCallbackUrl: 'https://host.test/',
    FallbackAssignmentCallbackUrl: 'https://host.test/',
  },
  UpdateTask: { Reason: 'Because' },
};
const snakeCase = (name: string) => name.replaceAll(/(?<!^)[A-Z]/g, '_$&').toLowerCase();

describe('an update', () => {
  it.each(operations.filter(({ name }) => /^Update(?!.*Reservation)/.test(name)))(
    '$name with all optional parameters empty clears what can be cleared and leaves the rest',
    async (operation) => {
      const path = pathOf(operation);
      const cleared = { ...clearable[operation.name] };
      if (operation.name === 'UpdateTaskQueue') {
        cleared.ReservationActivitySid = sids.activities as string;
        cleared.AssignmentActivitySid = sids.activities as string;
      }
      const before = await bench.post(path, { ...cleared, ...needed[operation.name] });
      expect(before.status).toBe(200);
      const form = { ...emptied(parametersOfOperation(operation.name)), ...needed[operation.name] };
      const { status, body } = await bench.post(path, form);
      expect(status).toBe(200);
      const changed = Object.keys(body).filter(
        (name) => JSON.stringify(body[name]) !== JSON.stringify(before.body[name]),
      );
      const names = Object.keys(cleared).map(snakeCase);
      const follow = ['reservation_activity_name', 'assignment_activity_name', 'links'];
      expect(changed.filter((name) => !follow.includes(name))).toEqual(expect.arrayContaining(names));
      expect(changed.filter((name) => !follow.includes(name))).toHaveLength(names.length);
      for (const name of names) expect(body[name] || null).toBeNull();
    },
  );

  it.each(['UpdateTaskReservation', 'UpdateWorkerReservation'])(
    '%s takes the status or the instruction that is not empty',
    async (name) => {
      const operation = operations.find((one) => one.name === name) as Operation;
      const form = { ...emptied(parametersOfOperation(name)), Instruction: 'accept' };
      const { status, body } = await bench.post(pathOf(operation), form);
      expect([status, body.reservation_status]).toEqual([200, 'accepted']);
      const ended = { ...emptied(parametersOfOperation(name)), ReservationStatus: 'completed' };
      expect((await bench.post(pathOf(operation), ended)).body.reservation_status).toBe('completed');
    },
  );

  it('with an empty reason leaves a task without one as it is', async () => {
    const path = `${simple.path}/Tasks/${sids.tasks}`;
    const before = await bench.get(path);
    expect((await bench.post(path, { Reason: '' })).headers.etag).toBe(before.headers.etag);
  });
});

it('creates a task queue without workers when TargetWorkers is empty', async () => {
  const { status, body } = await bench.post(`${simple.path}/TaskQueues`, {
    FriendlyName: 'Nobody',
    TargetWorkers: '',
  });
  expect([status, body.target_workers]).toEqual([201, '']);
});

it('counts an empty parameter that is required as missing', async () => {
  const { status, body } = await bench.post(`${simple.path}/Workers`, { FriendlyName: '' });
  expect([status, body.message]).toEqual([400, 'FriendlyName field is required']);
});
