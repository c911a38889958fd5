import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import { type Form, simpleWorkspace } from '../support/simple-workspace';
import { testAccount } from '../support/start-test-taskrouter';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;

beforeAll(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
  await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice' });
  await bench.create(`${simple.path}/Workers`, {
    FriendlyName: 'Bob',
    ActivitySid: simple.activities.Available as string,
  });
  await bench.create(`${simple.path}/Tasks`, {});
});
afterAll(() => bench.close());

const reservation = `/Tasks/${countedSid('WT', 1)}/Reservations/${countedSid('WR', 1)}`;
const workersReservation = `/Workers/${countedSid('WK', 2)}/Reservations/${countedSid('WR', 1)}`;
const long = `{"a":"${'x'.repeat(4096 - '{"a":""}'.length)}"}`;

describe('a form', () => {
  it.each<[string, Form, string]>([
    ['/Workers', {}, 'FriendlyName field is required'],
    ['/Workers', { FriendlyName: '' }, 'FriendlyName field is required'],
    ['/Workers', { friendlyname: 'Names are case-sensitive' }, 'FriendlyName field is required'],
    ['/Activities', {}, 'FriendlyName field is required'],
    ['/TaskQueues', {}, 'FriendlyName field is required'],
    ['/TaskChannels', { FriendlyName: 'Fax' }, 'UniqueName field is required'],
    ['/Workflows', { FriendlyName: 'W' }, 'Configuration field is required'],
    [
      '/Workers',
      { FriendlyName: 'Carol', ActivitySid: 'Idle' },
      "Value 'Idle' provided for ActivitySid has an invalid format.",
    ],
    [
      '/Workers',
      { FriendlyName: 'Carol', ActivitySid: countedSid('WK', 1) },
      `Value '${countedSid('WK', 1)}' provided for ActivitySid has an invalid format.`,
    ],
    ['/Tasks', { TaskQueueSid: 'WQ1' }, "Value 'WQ1' provided for TaskQueueSid has an invalid format."],
    [
      '/Tasks',
      { RoutingTarget: 'WW1' },
      `Value 'WW1' provided for WorkflowSid as RoutingTarget has an invalid format. WorkspaceSid: ${countedSid('WS', 1)}, AccountSid: ${testAccount.sid}`,
    ],
    ['/Tasks', { Priority: 'high' }, "Value 'high' provided for Priority is not a whole number"],
    ['/Tasks', { Priority: '1.5' }, "Value '1.5' provided for Priority is not a whole number"],
    ['/Tasks', { Timeout: '10s' }, "Value '10s' provided for Timeout is not a whole number"],
    [
      '/Tasks',
      { VirtualStartTime: 'yesterday' },
      "Value 'yesterday' provided for VirtualStartTime is not a date such as 2026-01-31T12:00:00Z",
    ],
    [
      '/Tasks',
      { VirtualStartTime: '2026-02-30T12:00:00Z' },
      "Value '2026-02-30T12:00:00Z' provided for VirtualStartTime is not a date such as 2026-01-31T12:00:00Z",
    ],
    [
      '/Tasks',
      { Attributes: '["es"]' },
      'Invalid JSON provided for Attributes: it must be an object, such as {"selected_language":"es"}',
    ],
    [
      '/Tasks',
      { Attributes: 'null' },
      'Invalid JSON provided for Attributes: it must be an object, such as {"selected_language":"es"}',
    ],
    [
      '/Workers',
      { FriendlyName: 'Carol', Attributes: long.replace('x', 'xx') },
      "Value '4097 characters' provided for Attributes is out of range: at most 4096",
    ],
    [
      '/Workflows',
      { FriendlyName: 'W', Configuration: '{}', AssignmentCallbackUrl: '/assignment-callback' },
      "Value '/assignment-callback' provided for AssignmentCallbackUrl is not an http or https URL",
    ],
    [
      '',
      { EventCallbackUrl: 'ftp://example.com/' },
      "Value 'ftp://example.com/' provided for EventCallbackUrl is not an http or https URL",
    ],
    ['', { MultiTaskEnabled: 'maybe' }, "Value 'maybe' provided for MultiTaskEnabled is not true or false"],
    [
      '',
      { PrioritizeQueueOrder: 'LILO' },
      "Value 'LILO' provided for PrioritizeQueueOrder is not one of FIFO, LIFO",
    ],
    [
      '/TaskQueues',
      { FriendlyName: 'Q', MaxReservedWorkers: 'all' },
      "Value 'all' provided for MaxReservedWorkers is not a whole number",
    ],
    [
      `/Tasks/${countedSid('WT', 1)}`,
      { AssignmentStatus: 'done' },
      "Value 'done' provided for AssignmentStatus is not one of pending, reserved, assigned, wrapping, completed, canceled",
    ],
    [
      `/Workers/${countedSid('WK', 2)}/Channels/default`,
      { Capacity: 'two' },
      "Value 'two' provided for Capacity is not a whole number",
    ],
    [reservation, {}, 'ReservationStatus or Instruction field is required'],
    [
      reservation,
      { ReservationStatus: 'done' },
      "Value 'done' provided for ReservationStatus is not one of pending, accepted, rejected, timeout, canceled, rescinded, wrapping, completed",
    ],
    [
      reservation,
      { ReservationStatus: 'rejected', Instruction: 'accept' },
      "ReservationStatus 'rejected' contradicts Instruction 'accept': send only one of them",
    ],
    [
      reservation,
      { Instruction: 'call', CallFrom: '+15550100', CallUrl: 'example.com/twiml' },
      "'example.com/twiml' is not a valid CallUrl",
    ],
    [
      reservation,
      { Instruction: 'hangup' },
      "Value 'hangup' provided for Instruction is not one of accept, reject, dequeue, call, redirect, conference, supervise",
    ],
    [
      workersReservation,
      { Instruction: 'supervise' },
      "Value 'supervise' provided for Instruction is not one of accept, reject, dequeue, call, redirect, conference",
    ],
    [
      reservation,
      { ReservationStatus: 'rejected', WorkerActivitySid: 'Offline' },
      "Value 'Offline' provided for WorkerActivitySid has an invalid format.",
    ],
  ])('%s with %j is 400 with 20001', async (path, form, message) => {
    const { status, body } = await bench.post(simple.path + path, form);
    expect({ status, body }).toEqual({
      status: 400,
      body: { code: 20001, message, more_info: 'https://www.twilio.com/docs/errors/20001', status: 400 },
    });
  });

  it.each<[string, Form, RegExp]>([
    ['/Tasks', { Timeout: 0 }, /'0' provided for Timeout is out of range/],
    ['/Tasks', { Timeout: 1_209_601 }, /provided for Timeout is out of range/],
    ['/Tasks', { Priority: -1 }, /'-1' provided for Priority is out of range/],
    ['/Tasks', { Priority: 2_147_483_648 }, /provided for Priority is out of range/],
    ['/Tasks', { VirtualStartTime: '2027-01-01T00:00:00Z' }, /future/],
    ['/Tasks', { VirtualStartTime: '1899-12-31' }, /1900/],
    ['/Tasks', { TaskChannel: 'fax' }, /'fax' provided for TaskChannel/],
    ['/Tasks', { WorkflowSid: countedSid('WW', 99) }, /provided for WorkflowSid/],
    ['/Tasks', { RoutingTarget: countedSid('WK', 99) }, /provided for RoutingTarget/],
    ['/Workflows', { FriendlyName: 'W', Configuration: 'task-routing: []' }, /Configuration/],
    ['/Workflows', { FriendlyName: 'W', Configuration: '{"filters":[]}' }, /Configuration/],
    [
      '/Workflows',
      {
        FriendlyName: 'W',
        Configuration: `{"task_routing":{"default_filter":{"queue":"${countedSid('WQ', 99)}"}}}`,
      },
      /WQ0+99/,
    ],
    [
      '/Workflows',
      { FriendlyName: 'W', Configuration: '{"task_routing":{}}', TaskReservationTimeout: 86_401 },
      /range/,
    ],
    ['/TaskQueues', { FriendlyName: 'Q', MaxReservedWorkers: 51 }, /'51' provided for MaxReservedWorkers/],
    [
      '/TaskQueues',
      { FriendlyName: 'Q', TargetWorkers: 'skill-level > 3' },
      /extraneous input 'evel' expecting OPERATOR/,
    ],
    [
      '/TaskQueues',
      { FriendlyName: 'Q', ReservationActivitySid: countedSid('WA', 99) },
      /ReservationActivitySid/,
    ],
    ['/Workers', { FriendlyName: 'ALICE' }, /^Worker with the same friendly name already exists$/],
    ['/Workers', { FriendlyName: 'x'.repeat(65) }, /FriendlyName is out of range/],
    ['/Workers', { FriendlyName: 'Carol', ActivitySid: countedSid('WA', 99) }, /ActivitySid/],
    ['/Activities', { FriendlyName: 'offline' }, /already exists/],
    ['/TaskChannels', { FriendlyName: 'Fax', UniqueName: '1fax' }, /UniqueName/],
    ['/TaskChannels', { FriendlyName: 'Voice', UniqueName: 'voice' }, /already exists/],
    [`/Workers/${countedSid('WK', 1)}/Channels/voice`, { Capacity: 251 }, /'251' provided for Capacity/],
    [`/Workers/${countedSid('WK', 1)}`, { RejectPendingReservations: true }, /RejectPendingReservations/],
    ['', { MultiTaskEnabled: false }, /MultiTaskEnabled/],
    ['', { TimeoutActivitySid: countedSid('WA', 99) }, /TimeoutActivitySid/],
  ])('%s with %j is well-formed but invalid: 400 with 20001', async (path, form, message) => {
    const { status, body } = await bench.post(simple.path + path, form);
    expect([status, body.code]).toEqual([400, 20001]);
    expect(body.message).toMatch(message);
  });

  it('with attributes that are not JSON gets a description of the error', async () => {
    const { status, body } = await bench.post(`${simple.path}/Tasks`, { Attributes: "{'a':1}" });
    expect([status, body.code]).toEqual([400, 20001]);
    expect(body.message).toMatch(/^Invalid JSON provided for Attributes: ./);
  });

  it('with attributes of exactly 4,096 characters is accepted, and they are returned unchanged', async () => {
    const { status, body } = await bench.post(`${simple.path}/Tasks`, { Attributes: long });
    expect([status, body.attributes]).toEqual([201, long]);
  });

  it('with an unknown parameter is accepted', async () => {
    expect((await bench.post(`${simple.path}/Tasks`, { OperatingUnitSid: 'OU1', Nonsense: 1 })).status).toBe(
      201,
    );
  });
});

describe('a query', () => {
  const prefix = 'Value';
  it.each([
    ['/Workers?ActivitySid=Idle', `${prefix} 'Idle' provided for ActivitySid has an invalid format.`],
    [
      '/Workers?Ordering=DateCreated:asc',
      `${prefix} 'DateCreated:asc' provided for Ordering is not of the form Name:asc or Name:desc with Name one of DateStatusChanged`,
    ],
    [
      '/Workers?TargetWorkersExpression=skill-level+%3E+3',
      expect.stringContaining("Invalid TargetWorkersExpression: extraneous input 'evel' expecting OPERATOR"),
    ],
    ['/Tasks?Priority=x', `${prefix} 'x' provided for Priority is not a whole number`],
    [
      '/Tasks?AssignmentStatus=pending,done',
      `${prefix} 'done' provided for AssignmentStatus is not one of pending, reserved, assigned, wrapping, completed, canceled`,
    ],
    [
      '/Tasks?Ordering=constructor:asc',
      `${prefix} 'constructor:asc' provided for Ordering is not of the form Name:asc or Name:desc with Name one of DateCreated, Priority, VirtualStartTime`,
    ],
    [
      '/Tasks?Ordering=DateCreated:asc,VirtualStartTime:desc',
      'Ordering takes DateCreated or VirtualStartTime, not both',
    ],
    [
      '/Tasks?EvaluateTaskAttributes=%28',
      expect.stringMatching(/^Invalid EvaluateTaskAttributes: mismatched input/),
    ],
    [
      '/TaskQueues?EvaluateWorkerAttributes=languages',
      expect.stringMatching(/^Invalid JSON provided for EvaluateWorkerAttributes: /),
    ],
    ['/TaskQueues?WorkerSid=Alice', `${prefix} 'Alice' provided for WorkerSid has an invalid format.`],
    [
      `/Tasks/${countedSid('WT', 1)}/Reservations?ReservationStatus=open`,
      expect.stringContaining("'open' provided for ReservationStatus is not one of pending, accepted"),
    ],
    ['/Events?Minutes=0', `${prefix} '0' provided for Minutes is out of range: 1 or more`],
    ['/Events?StartDate=today', expect.stringContaining('StartDate is not a date such as')],
    ['/Events?TaskSid=WK1', `${prefix} 'WK1' provided for TaskSid has an invalid format.`],
    ['/Tasks?PageSize=0', `${prefix} '0' provided for PageSize is out of range: 1 to 1000`],
    ['/Tasks?PageSize=many', `${prefix} 'many' provided for PageSize is not a whole number`],
    ['/Tasks?Page=-1', `${prefix} '-1' provided for Page is out of range: 0 or more`],
    ['/Tasks?PageToken=next', `${prefix} 'next' provided for PageToken has an invalid format.`],
    [
      `/Tasks?PageToken=PA${countedSid('WT', 999)}`,
      `PageToken names ${countedSid('WT', 999)}, which no longer exists: start again from the first page`,
    ],
    ['/Tasks?Priority=%zz', "Malformed form: '%zz' is not percent-encoded UTF-8"],
  ])('%s is 400 with 20001', async (path, message) => {
    const { status, body } = await bench.get(simple.path + path);
    expect([status, body.code, body.message]).toEqual([400, 20001, message]);
  });

  it.each(['/Workers', '/Tasks', '/Events', '/TaskChannels'])(
    '%s for a page above the first without its token is 400 with 40153',
    async (path) => {
      const { status, body } = await bench.get(`${simple.path}${path}?Page=1`);
      expect([status, body.code, body.more_info]).toEqual([
        400,
        40153,
        'https://www.twilio.com/docs/errors/40153',
      ]);
    },
  );
});
