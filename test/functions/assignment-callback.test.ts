import { handler } from '../../functions/assignment-callback.protected';
import { callbackFunction } from '../../src/adapter/callback-function';
import { type AssignmentPolicy, assignmentCallback } from '../../src/steps/assignment-callback';
import type { AssignmentInstruction } from '../../src/steps/assignment-instructions';
import { exampleSid, functionContext, invoke, logged } from '../support/twilio-runtime';

const callSid = exampleSid('CA');
const activitySid = exampleSid('WA');
const url = 'https://example.test/twiml';
/** As the instruction `call` has it: with the reservation, and with the language if the task has one. */
const urlOfOffer = `${url}?reservation_sid=${exampleSid('WR')}`;

/** TaskRouter's form, as the runtime gives it to the Function. */
function form(changes: Record<string, unknown> = {}) {
  return {
    request: { headers: {}, cookies: {} },
    AccountSid: exampleSid('AC'),
    WorkspaceSid: exampleSid('WS'),
    WorkflowSid: exampleSid('WW'),
    TaskQueueSid: exampleSid('WQ'),
    WorkerSid: exampleSid('WK'),
    WorkerAttributes: '{"languages":["en","es"]}',
    TaskSid: exampleSid('WT'),
    TaskAttributes: JSON.stringify({ selected_language: 'es', call_sid: callSid }),
    TaskAge: '1',
    TaskPriority: '0',
    ReservationSid: exampleSid('WR'),
    ...changes,
  };
}

const respondTo = (variables: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
  invoke(handler, { context: functionContext(variables), event: form(changes) });

it.each<[string, Record<string, string>, object]>([
  ['nothing by default', {}, {}],
  ['nothing', { ASSIGNMENT_INSTRUCTION: 'none' }, {}],
  ['accept', { ASSIGNMENT_INSTRUCTION: 'accept' }, { instruction: 'accept' }],
  [
    'reject',
    { ASSIGNMENT_INSTRUCTION: 'reject', REJECT_ACTIVITY_SID: activitySid },
    { instruction: 'reject', activity_sid: activitySid },
  ],
  ['dequeue', { ASSIGNMENT_INSTRUCTION: 'dequeue' }, { instruction: 'dequeue' }],
  [
    'dequeue with everything',
    {
      ASSIGNMENT_INSTRUCTION: 'dequeue',
      ASSIGNMENT_TO: 'client:alice',
      ASSIGNMENT_FROM: '+15550100',
      ASSIGNMENT_TIMEOUT: '20',
      TWILIO_POST_WORKER_ACTIVITY: activitySid,
    },
    {
      instruction: 'dequeue',
      to: 'client:alice',
      from: '+15550100',
      timeout: 20,
      post_work_activity_sid: activitySid,
    },
  ],
  [
    'call',
    {
      ASSIGNMENT_INSTRUCTION: 'call',
      ASSIGNMENT_FROM: '+15550100',
      ASSIGNMENT_URL: url,
      ASSIGNMENT_ACCEPT: 'true',
    },
    { instruction: 'call', from: '+15550100', url: `${urlOfOffer}&language=es`, accept: true },
  ],
  [
    'redirect',
    { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: url },
    { instruction: 'redirect', call_sid: callSid, url, accept: false },
  ],
  [
    'conference',
    {
      ASSIGNMENT_INSTRUCTION: 'conference',
      ASSIGNMENT_FROM: '+15550100',
      POST_WORK_ACTIVITY_SID: activitySid,
    },
    { instruction: 'conference', from: '+15550100', post_work_activity_sid: activitySid },
  ],
])('responds with %s', async (_, variables, instruction) => {
  expect(await respondTo(variables)).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: instruction,
  });
  expect(logged).toEqual([]);
});

it.each<[string, Record<string, string>, Record<string, unknown>]>([
  ['unknown_instruction', { ASSIGNMENT_INSTRUCTION: 'acept' }, {}],
  ['reject_activity_sid_missing', { ASSIGNMENT_INSTRUCTION: 'reject' }, {}],
  ['reject_activity_sid_malformed', { ASSIGNMENT_INSTRUCTION: 'reject', REJECT_ACTIVITY_SID: 'Offline' }, {}],
  ['assignment_from_missing', { ASSIGNMENT_INSTRUCTION: 'call', ASSIGNMENT_URL: url }, {}],
  ['assignment_url_missing', { ASSIGNMENT_INSTRUCTION: 'call', ASSIGNMENT_FROM: '+15550100' }, {}],
  ['assignment_url_malformed', { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: '/twiml' }, {}],
  ['assignment_url_malformed', { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: 'javascript:1' }, {}],
  ['assignment_url_missing', { ASSIGNMENT_INSTRUCTION: 'redirect' }, {}],
  ['assignment_from_missing', { ASSIGNMENT_INSTRUCTION: 'conference' }, {}],
  ['assignment_timeout_malformed', { ASSIGNMENT_INSTRUCTION: 'dequeue', ASSIGNMENT_TIMEOUT: '1000' }, {}],
  [
    'assignment_accept_malformed',
    { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: url, ASSIGNMENT_ACCEPT: '1' },
    {},
  ],
  [
    'post_work_activity_sid_malformed',
    { ASSIGNMENT_INSTRUCTION: 'dequeue', POST_WORK_ACTIVITY_SID: 'Idle' },
    {},
  ],
  [
    'task_without_call',
    { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: url },
    { TaskAttributes: '{}' },
  ],
  [
    'task_without_call',
    { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: url },
    { TaskAttributes: '{oops' },
  ],
  [
    'task_without_call',
    { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: url },
    { TaskAttributes: undefined },
  ],
  [
    'task_without_call',
    { ASSIGNMENT_INSTRUCTION: 'redirect', ASSIGNMENT_URL: url },
    { TaskAttributes: JSON.stringify({ call_sid: `${callSid}/../x` }) },
  ],
])(
  'responds with {} and logs %s: an error of ours must not cancel the reservation',
  async (code, variables, changes) => {
    expect(await respondTo(variables, changes)).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {},
    });
    expect(logged).toEqual([expect.stringMatching(new RegExp(`^assignment-callback ${code}: `))]);
  },
);

it('takes numbers and URLs from the environment, never from attributes that a caller could set', async () => {
  const attributes = { from: '+15559999', to: '+15559999', url: 'https://evil.test', call_sid: callSid };
  const variables = { ASSIGNMENT_INSTRUCTION: 'call', ASSIGNMENT_FROM: '+15550100', ASSIGNMENT_URL: url };
  const response = await respondTo(variables, { TaskAttributes: JSON.stringify(attributes) });
  expect(response.body).toEqual({ instruction: 'call', from: '+15550100', url: urlOfOffer, accept: false });
});

describe('an instruction in the query of the callback URL', () => {
  it.each(['none', 'reject', 'acept', ''])('overrides "%s" of the environment', async (instruction) => {
    const response = await respondTo({ ASSIGNMENT_INSTRUCTION: instruction }, { instruction: 'accept' });
    expect(response.body).toEqual({ instruction: 'accept' });
    expect(logged).toEqual([]);
  });

  it('overrides it also with none', async () => {
    const variables = { ASSIGNMENT_INSTRUCTION: 'reject', REJECT_ACTIVITY_SID: activitySid };
    expect((await respondTo(variables, { instruction: 'none' })).body).toEqual({});
    expect((await respondTo(variables)).body).toMatchObject({ instruction: 'reject' });
    expect(logged).toEqual([]);
  });

  it('uses the other settings of the environment', async () => {
    const variables = { ASSIGNMENT_FROM: '+15550100', ASSIGNMENT_URL: url };
    const response = await respondTo(variables, { instruction: 'call' });
    const instruction = { instruction: 'call', from: '+15550100', url: `${urlOfOffer}&language=es` };
    expect(response.body).toEqual({ ...instruction, accept: false });
  });

  it.each<[string, unknown]>([
    ['unknown', 'acept'],
    ['empty', ''],
    ['in capitals', 'ACCEPT'],
    ['given twice', ['accept', 'reject']],
    ['a nested field', { to: 'accept' }],
  ])('that is %s gets {} and is logged, whatever the environment says', async (_, instruction) => {
    const response = await respondTo({ ASSIGNMENT_INSTRUCTION: 'accept' }, { instruction });
    expect(response).toMatchObject({ status: 200, body: {} });
    expect(logged).toEqual([expect.stringMatching(/^assignment-callback unknown_instruction: /)]);
  });

  it('cannot be set by attributes of a task or a worker, nor by a similar field', async () => {
    const attributes = '{"instruction":"accept","Instruction":"accept"}';
    const response = await respondTo(
      {},
      { TaskAttributes: attributes, WorkerAttributes: attributes, Instruction: 'accept' },
    );
    expect(response.body).toEqual({});
    expect(logged).toEqual([]);
  });
});

it('responds the same to a repeated callback', async () => {
  const variables = { ASSIGNMENT_INSTRUCTION: 'accept' };
  expect(await respondTo(variables)).toEqual(await respondTo(variables));
});

it('responds to a form that is not TaskRouter’s', async () => {
  for (const event of [{}, { TaskAttributes: ['a', 'b'], TaskAge: {} }]) {
    const context = functionContext({ ASSIGNMENT_INSTRUCTION: 'accept' });
    expect((await invoke(handler, { context, event })).body).toEqual({ instruction: 'accept' });
  }
});

describe('a custom policy', () => {
  const withPolicy = (policy: unknown) =>
    invoke(
      callbackFunction('assignment-callback', (_, event) =>
        assignmentCallback(event, { instruction: 'none' }, policy as AssignmentPolicy),
      ),
      { context: functionContext(), event: form() },
    );
  const cyclic: Record<string, unknown> = { instruction: 'accept' };
  cyclic.itself = cyclic;

  it.each<[string, unknown]>([
    ['another object, such as the one of the source documents', () => ({ message: 'success' })],
    ['an unknown instruction', () => ({ instruction: 'transfer' })],
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', () => '{"instruction":"accept"}'],
    ['an array', () => []],
    ['a promise', async () => ({ instruction: 'accept' })],
    ['what cannot be sent', () => cyclic],
    [
      'an error',
      () => {
        throw new Error('boom');
      },
    ],
    [
      'no error',
      () => {
        throw 'boom';
      },
    ],
  ])('that ends with %s results in {} and is logged', async (_, policy) => {
    expect(await withPolicy(policy)).toMatchObject({ status: 200, body: {} });
    expect((await withPolicy(policy)).body).toEqual({});
    expect(logged).toHaveLength(2);
  });

  it('gets the offer with its texts parsed', async () => {
    const seen: unknown[] = [];
    await withPolicy((offer: unknown): AssignmentInstruction => {
      seen.push(offer);
      return {};
    });
    expect(seen).toEqual([
      {
        workspaceSid: exampleSid('WS'),
        workflowSid: exampleSid('WW'),
        taskQueueSid: exampleSid('WQ'),
        taskSid: exampleSid('WT'),
        reservationSid: exampleSid('WR'),
        workerSid: exampleSid('WK'),
        taskAttributes: { selected_language: 'es', call_sid: callSid },
        workerAttributes: { languages: ['en', 'es'] },
        taskAge: 1,
        taskPriority: 0,
      },
    ]);
  });
});
