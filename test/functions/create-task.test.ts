import { handler } from '../../functions/create-task';
import { refusal, TaskRouterDouble } from '../support/taskrouter-double';
import { taskJson } from '../support/taskrouter-entities';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());
beforeEach(() => void taskRouter.clear().on('POST /Tasks', { status: 201, body: taskJson() }));

const spanish = { selected_language: 'es' };

function createTask(parameters: Record<string, unknown>, variables: Record<string, unknown> = {}) {
  const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url, ...variables });
  return invoke(handler, { context, event: functionEvent(parameters) });
}

/** What TaskRouter was asked for, attributes parsed. */
function created() {
  const [request, ...others] = taskRouter.sent('POST /Tasks');
  expect(others).toEqual([]);
  const { Attributes, ...rest } = Object.fromEntries(request?.form ?? []);
  return { ...rest, Attributes: JSON.parse(Attributes ?? 'null') };
}

it('answers 201 with the task as it now is', async () => {
  const answer = await createTask(spanish);
  expect(answer.status).toBe(201);
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json' });
  expect(answer.body).toEqual({
    task_sid: exampleSid('WT'),
    assignment_status: 'pending',
    attributes: spanish,
    reservation_sid: null,
    reservation_status: null,
    worker_sid: null,
    worker_name: null,
  });
});

it('takes the language from the request and not from the code', async () => {
  await createTask({ selected_language: 'en' });
  expect(created()).toEqual({ WorkflowSid: exampleSid('WW'), Attributes: { selected_language: 'en' } });
});

it('keeps the values of loose parameters as texts', async () => {
  await createTask({ order: '0042', urgent: 'true', empty: '' });
  expect(created().Attributes).toEqual({ order: '0042', urgent: 'true', empty: '' });
});

it.each([
  ['a JSON text', '{"selected_language":"es","skills":["a"],"age":5}'],
  ['an object of a JSON body', { selected_language: 'es', skills: ['a'], age: 5 }],
])('takes attributes as %s', async (_, attributes) => {
  await createTask({ attributes });
  expect(created().Attributes).toEqual({ selected_language: 'es', skills: ['a'], age: 5 });
});

it.each([
  ['snake_case', { task_channel: 'voice', workflow_sid: exampleSid('WW', 7) }],
  ['camelCase', { taskChannel: 'voice', workflowSid: exampleSid('WW', 7) }],
])('takes the other parameters in %s, none of them an attribute', async (_, named) => {
  await createTask({ ...named, priority: '5', timeout: '60', selected_language: 'es' });
  expect(created()).toEqual({
    TaskChannel: 'voice',
    WorkflowSid: exampleSid('WW', 7),
    Priority: '5',
    Timeout: '60',
    Attributes: spanish,
  });
});

it('takes the tutorial’s names of the environment', async () => {
  await createTask(spanish, {
    WORKSPACE_SID: undefined,
    WORKFLOW_SID: undefined,
    TWILIO_WORKSPACE_SID: exampleSid('WS'),
    TWILIO_WORKFLOW_SID: exampleSid('WW', 9),
  });
  expect(created()).toMatchObject({ WorkflowSid: exampleSid('WW', 9) });
});

it('never takes the request itself for an attribute, not even one that the query has replaced', async () => {
  const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url });
  const event = functionEvent();
  await invoke(handler, { context, event: { ...event, request: { ...(event.request as object), x: '1' } } });
  expect(created().Attributes).toEqual({});
});

it('does not let an attribute called __proto__ through to anything but the attributes', async () => {
  const parameters = JSON.parse('{"__proto__":{"polluted":"yes"},"selected_language":"es"}');
  await createTask(parameters);
  expect(created().Attributes).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

describe('the default attributes', () => {
  const variables = { DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}' };

  it('serve a request that says nothing at all', async () => {
    await createTask({}, variables);
    expect(created().Attributes).toEqual(spanish);
  });

  it.each([
    ['a priority', { priority: '1' }],
    ['empty attributes', { attributes: '{}' }],
  ])('do not serve a request with %s', async (_, parameters) => {
    await createTask(parameters, variables);
    expect(created().Attributes).toEqual({});
  });

  it('are not mixed with attributes of the request', async () => {
    await createTask({ colour: 'red' }, variables);
    expect(created().Attributes).toEqual({ colour: 'red' });
  });

  it.each(['{', '[]', '"es"', 'null'])('are named when they are no JSON object: %s', async (text) => {
    expect(await createTask({}, { DEFAULT_TASK_ATTRIBUTES: text })).toMatchObject({
      status: 500,
      body: { code: 'configuration', message: expect.stringContaining('DEFAULT_TASK_ATTRIBUTES') },
    });
    expect(taskRouter.requests).toEqual([]);
  });
});

describe('wrong parameters', () => {
  it.each([
    ['bad JSON', { attributes: '{oops' }, 'attributes'],
    ['an array', { attributes: '[1]' }, 'attributes'],
    ['null', { attributes: 'null' }, 'attributes'],
    ['a number', { attributes: '5' }, 'attributes'],
    ['attributes twice', { attributes: ['{}', '{}'] }, 'attributes'],
    ['attributes and loose ones', { attributes: '{"a":1}', colour: 'red' }, 'attributes'],
    ['bad attributes and loose ones', { attributes: '{', colour: 'red' }, 'attributes'],
    ['a priority that is no number', { priority: 'high' }, 'priority'],
    ['a fractional priority', { priority: '1.5' }, 'priority'],
    ['a negative priority', { priority: '-1' }, 'priority'],
    ['a priority out of range', { priority: '2147483648' }, 'priority'],
    ['no time to live', { timeout: '0' }, 'timeout'],
    ['a time to live of more than two weeks', { timeout: '1209601' }, 'timeout'],
    ['the wrong kind of sid', { workflow_sid: exampleSid('WQ') }, 'workflow_sid'],
    ['two spellings that disagree', { task_channel: 'voice', taskChannel: 'sms' }, 'task_channel'],
    ['a parameter given twice', { task_channel: ['voice', 'sms'] }, 'task_channel'],
  ])('are refused: %s', async (_, parameters, name) => {
    const answer = await createTask(parameters);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      code: 'invalid_parameters',
      message: expect.stringContaining(name),
      errors: { [name]: expect.any(String) },
    });
    expect(taskRouter.requests).toEqual([]);
  });

  it('are reported all at once', async () => {
    const answer = await createTask({ attributes: '[', priority: 'x', timeout: 'y', workflow_sid: 'z' });
    expect(Object.keys(answer.body.errors)).toEqual(['attributes', 'priority', 'timeout', 'workflow_sid']);
  });
});

it('names WORKFLOW_SID when neither the request nor the environment says which workflow', async () => {
  expect(await createTask(spanish, { WORKFLOW_SID: undefined })).toMatchObject({
    status: 500,
    body: { code: 'configuration', errors: { WORKFLOW_SID: expect.any(String) } },
  });
});

it('passes on in TaskRouter’s words why it refuses the task', async () => {
  taskRouter.on('POST /Tasks', refusal(400, 20001, 'No filter matches'));
  expect(await createTask(spanish)).toMatchObject({
    status: 400,
    body: { code: 'taskrouter_refused', message: expect.stringContaining('No filter matches') },
  });
});

it('names WORKSPACE_SID when the account has no such workspace', async () => {
  taskRouter.clear();
  expect(await createTask(spanish)).toMatchObject({
    status: 500,
    body: { code: 'configuration', errors: { WORKSPACE_SID: expect.any(String) } },
  });
});

describe('a lost answer', () => {
  it.each([
    ['the connection is closed', 'hang up' as const],
    ['the answer is no JSON', { status: 201, body: '<html>' }],
    ['the answer is empty', { status: 201, body: '' }],
  ])('is 504 outcome_unknown, and the create is not sent again: %s', async (_, reply) => {
    taskRouter.on('POST /Tasks', reply);
    const answer = await createTask(spanish);
    expect(answer).toMatchObject({ status: 504, body: { code: 'outcome_unknown' } });
    expect(answer.body.message).toContain('/lifecycle');
    expect(taskRouter.sent('POST /Tasks')).toHaveLength(1);
  });

  it('is not assumed after 429, which is passed on at once', async () => {
    taskRouter.on('POST /Tasks', {
      ...(refusal(429, 20429, 'Too Many Requests') as object),
      headers: { 'retry-after': '7' },
    });
    const answer = await createTask(spanish);
    expect(answer).toMatchObject({
      status: 429,
      body: { code: 'rate_limited' },
      headers: { 'retry-after': '7' },
    });
    expect(taskRouter.sent('POST /Tasks')).toHaveLength(1);
  });
});
