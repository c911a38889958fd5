import { handler } from '../../functions/create-task';
import { errorResponse, listOf, TaskRouterDouble } from '../support/taskrouter-double';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';
import { Tutorial } from './tutorial';

const spanish = { selected_language: 'es' };

let tutorial: Tutorial;
let workflowSid: string;
beforeEach(async () => {
  tutorial = await Tutorial.start();
  workflowSid = await createCatchAllWorkflow();
});
afterEach(() => tutorial.close());

/** Its filter matches every task. */
async function createCatchAllWorkflow(): Promise<string> {
  const { sid } = await tutorial.workspace.workflows.create({
    friendlyName: 'Everything',
    configuration: JSON.stringify({
      task_routing: { default_filter: { queue: tutorial.sids.taskQueue } },
    }),
  });
  return sid;
}

function createTask(parameters: Record<string, unknown>, variables: Record<string, unknown> = {}) {
  return tutorial.run(handler, parameters, {
    WORKFLOW_SID: workflowSid,
    DEFAULT_TASK_ATTRIBUTES: undefined,
    ...variables,
  });
}

/** The only task in the workspace, attributes parsed. */
async function created() {
  const [task, ...others] = await tutorial.workspace.tasks.list();
  expect(others).toEqual([]);
  return { ...task, attributes: JSON.parse(task?.attributes ?? 'null') };
}

const isCreate = (request: string) => request === 'POST /Tasks';

it('responds with 201 and the new task', async () => {
  const response = await createTask(spanish);
  expect(response.status).toBe(201);
  expect(response.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json' });
  expect(response.body).toEqual({
    task_sid: (await created()).sid,
    assignment_status: 'pending',
    attributes: spanish,
    reservation_sid: null,
    reservation_status: null,
    worker_sid: null,
    worker_name: null,
  });
});

it('takes the language from the request, not from the code', async () => {
  await createTask({ selected_language: 'en' });
  expect(await created()).toMatchObject({ workflowSid, attributes: { selected_language: 'en' } });
});

it('keeps the values of loose parameters as text', async () => {
  await createTask({ order: '0042', urgent: 'true', empty: '' });
  expect((await created()).attributes).toEqual({ order: '0042', urgent: 'true', empty: '' });
});

it.each([
  ['a JSON text', '{"selected_language":"es","skills":["a"],"age":5}'],
  ['an object of a JSON body', { selected_language: 'es', skills: ['a'], age: 5 }],
])('accepts attributes as %s', async (_, attributes) => {
  await createTask({ attributes });
  expect((await created()).attributes).toEqual({ selected_language: 'es', skills: ['a'], age: 5 });
});

it.each([
  ['snake_case', 'task_channel', 'workflow_sid'],
  ['camelCase', 'taskChannel', 'workflowSid'],
])('accepts the other parameters in %s, none of them as an attribute', async (_, channel, workflow) => {
  const named = { [channel]: 'voice', [workflow]: tutorial.sids.workflow };
  await createTask({ ...named, priority: '5', timeout: '60', selected_language: 'es' });
  const { taskChannelUniqueName, workflowSid, priority, timeout, attributes } = await created();
  expect({ taskChannelUniqueName, workflowSid, priority, timeout, attributes }).toEqual({
    taskChannelUniqueName: 'voice',
    workflowSid: tutorial.sids.workflow,
    priority: 5,
    timeout: 60,
    attributes: spanish,
  });
});

it('accepts the tutorial’s names of the variables', async () => {
  await createTask(spanish, {
    WORKSPACE_SID: undefined,
    WORKFLOW_SID: undefined,
    TWILIO_WORKSPACE_SID: tutorial.sids.workspace,
    TWILIO_WORKFLOW_SID: tutorial.sids.workflow,
  });
  expect(await created()).toMatchObject({ workflowSid: tutorial.sids.workflow });
});

it('never takes the request itself as an attribute, not even if the query has replaced it', async () => {
  const context = functionContext({
    ...tutorial.variables,
    WORKFLOW_SID: workflowSid,
    DEFAULT_TASK_ATTRIBUTES: '',
  });
  const event = functionEvent();
  await invoke(handler, { context, event: { ...event, request: { ...(event.request as object), x: '1' } } });
  expect((await created()).attributes).toEqual({});
});

it('does not let an attribute called __proto__ through to anything but the attributes', async () => {
  const parameters = JSON.parse('{"__proto__":{"polluted":"yes"},"selected_language":"es"}');
  await createTask(parameters);
  expect((await created()).attributes).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

describe('the default attributes', () => {
  const variables = { DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}' };

  it('apply to a request without parameters', async () => {
    await createTask({}, variables);
    expect((await created()).attributes).toEqual(spanish);
  });

  it.each([
    ['a priority', { priority: '1' }],
    ['empty attributes', { attributes: '{}' }],
  ])('do not apply to a request with %s', async (_, parameters) => {
    await createTask(parameters, variables);
    expect((await created()).attributes).toEqual({});
  });

  it('are not mixed with attributes of the request', async () => {
    await createTask({ color: 'red' }, variables);
    expect((await created()).attributes).toEqual({ color: 'red' });
  });

  it.each(['{', '[]', '"es"', 'null'])('are named when they are not a JSON object: %s', async (text) => {
    expect(await createTask({}, { DEFAULT_TASK_ATTRIBUTES: text })).toMatchObject({
      status: 500,
      body: { code: 'configuration', message: expect.stringContaining('DEFAULT_TASK_ATTRIBUTES') },
    });
    expect(tutorial.requests.filter(isCreate)).toEqual([]);
  });
});

describe('wrong parameters', () => {
  it.each([
    ['bad JSON', { attributes: '{oops' }, 'attributes'],
    ['an array', { attributes: '[1]' }, 'attributes'],
    ['null', { attributes: 'null' }, 'attributes'],
    ['a number', { attributes: '5' }, 'attributes'],
    ['attributes twice', { attributes: ['{}', '{}'] }, 'attributes'],
    ['attributes and loose ones', { attributes: '{"a":1}', color: 'red' }, 'attributes'],
    ['bad attributes and loose ones', { attributes: '{', color: 'red' }, 'attributes'],
    ['a priority that is not a number', { priority: 'high' }, 'priority'],
    ['a fractional priority', { priority: '1.5' }, 'priority'],
    ['a negative priority', { priority: '-1' }, 'priority'],
    ['a priority out of range', { priority: '2147483648' }, 'priority'],
    ['no time to live', { timeout: '0' }, 'timeout'],
    ['a time to live of more than two weeks', { timeout: '1209601' }, 'timeout'],
    ['the wrong kind of sid', { workflow_sid: exampleSid('WQ') }, 'workflow_sid'],
    ['two spellings that disagree', { task_channel: 'voice', taskChannel: 'sms' }, 'task_channel'],
    ['a parameter given twice', { task_channel: ['voice', 'sms'] }, 'task_channel'],
  ])('are rejected: %s', async (_, parameters, name) => {
    const response = await createTask(parameters);
    expect(response.status).toBe(400);
    expect(response.body).toEqual({
      code: 'invalid_parameters',
      message: expect.stringContaining(name),
      errors: { [name]: expect.any(String) },
    });
    expect(tutorial.requests.filter(isCreate)).toEqual([]);
  });

  it('are reported all at once', async () => {
    const response = await createTask({ attributes: '[', priority: 'x', timeout: 'y', workflow_sid: 'z' });
    expect(Object.keys(response.body.errors)).toEqual(['attributes', 'priority', 'timeout', 'workflow_sid']);
  });
});

it('names WORKFLOW_SID when neither the request nor the environment has a workflow', async () => {
  expect(await createTask(spanish, { WORKFLOW_SID: undefined })).toMatchObject({
    status: 500,
    body: { code: 'configuration', errors: { WORKFLOW_SID: expect.any(String) } },
  });
});

describe('with a TaskRouter that fails', () => {
  const taskRouter = new TaskRouterDouble();
  beforeAll(() => taskRouter.start());
  afterAll(() => taskRouter.stop());
  beforeEach(() => void taskRouter.clear());
  const create = () => {
    const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url });
    return invoke(handler, { context, event: functionEvent(spanish) });
  };

  it('reports TaskRouter’s error in its own words', async () => {
    taskRouter.on('POST /Tasks', errorResponse(400, 20001, 'No filter matches'));
    expect(await create()).toMatchObject({
      status: 400,
      body: { code: 'taskrouter_refused', message: expect.stringContaining('No filter matches') },
    });
  });

  it('names WORKSPACE_SID when the account has no such workspace', async () => {
    taskRouter.clear();
    expect(await create()).toMatchObject({
      status: 500,
      body: { code: 'configuration', errors: { WORKSPACE_SID: expect.any(String) } },
    });
  });

  describe('a lost response', () => {
    it.each([
      ['the connection is closed', 'close the connection' as const],
      ['the response is not JSON', { status: 201, body: '<html>' }],
      ['the response is empty', { status: 201, body: '' }],
      ['the response is an empty object', { status: 201, body: {} }],
      ['the response is an empty list', { status: 201, body: [] }],
      ['the response has only a sid', { status: 201, body: { sid: exampleSid('WT') } }],
      ['the response is a page', listOf('tasks', [])],
    ])('is 504 outcome_unknown, and the create is not sent again: %s', async (_, reply) => {
      taskRouter.on('POST /Tasks', reply);
      const response = await create();
      expect(response).toMatchObject({ status: 504, body: { code: 'outcome_unknown' } });
      expect(response.body.message).toContain('/lifecycle');
      expect(taskRouter.sent('POST /Tasks')).toHaveLength(1);
    });

    it('is not assumed after 429, which is reported at once', async () => {
      taskRouter.on('POST /Tasks', {
        ...(errorResponse(429, 20429, 'Too Many Requests') as object),
        headers: { 'retry-after': '7' },
      });
      const response = await create();
      expect(response).toMatchObject({
        status: 429,
        body: { code: 'rate_limited' },
        headers: { 'retry-after': '7' },
      });
      expect(taskRouter.sent('POST /Tasks')).toHaveLength(1);
    });
  });
});
