import { handler as cancelTask } from '../../functions/cancel-task';
import { handler as completeTask } from '../../functions/complete-task';
import { handler as wrapUpTask } from '../../functions/wrap-up-task';
import { listOf, refusal, TaskRouterDouble } from '../support/taskrouter-double';
import { reservationJson, taskJson } from '../support/taskrouter-entities';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());

const task_sid = exampleSid('WT');
const taskPath = `/Tasks/${task_sid}`;
const task = (assignment_status: string) => ({ body: taskJson({ assignment_status }) });
const statuses = ['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'];

beforeEach(() => {
  const older = reservationJson({
    sid: exampleSid('WR', 2),
    reservation_status: 'timeout',
    worker_name: 'Bob',
  });
  const serving = reservationJson({ reservation_status: 'completed', date_created: '2026-01-05T10:01:00Z' });
  taskRouter.clear().on(`GET ${taskPath}/Reservations`, listOf('reservations', [serving, older]));
});

describe.each([
  { name: 'wrap-up-task', handler: wrapUpTask, to: 'wrapping', from: ['assigned'] },
  { name: 'complete-task', handler: completeTask, to: 'completed', from: ['assigned', 'wrapping'] },
  { name: 'cancel-task', handler: cancelTask, to: 'canceled', from: ['pending', 'reserved'] },
])('$name', ({ handler, to, from }) => {
  const run = (parameters: object = {}) => {
    const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url });
    return invoke(handler, { context, event: functionEvent({ task_sid, ...parameters }) });
  };

  it.each(from)('moves a task that is %s, with the reason', async (status) => {
    taskRouter.on(`GET ${taskPath}`, task(status)).on(`POST ${taskPath}`, task(to));
    const answer = await run({ reason: 'the customer is happy' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      task_sid,
      assignment_status: to,
      attributes: { selected_language: 'es' },
      reservation_sid: exampleSid('WR'),
      reservation_status: 'completed',
      worker_sid: exampleSid('WK'),
      worker_name: 'Alice',
    });
    const form = taskRouter.sent(`POST ${taskPath}`)[0]?.form;
    expect(Object.fromEntries(form ?? [])).toEqual({ AssignmentStatus: to, Reason: 'the customer is happy' });
  });

  it('says already: true, and changes nothing, when the task is there', async () => {
    taskRouter.on(`GET ${taskPath}`, task(to));
    expect(await run()).toMatchObject({ status: 200, body: { already: true, assignment_status: to } });
    expect(taskRouter.sent(`POST ${taskPath}`)).toEqual([]);
  });

  it.each(statuses.filter((status) => status !== to && !from.includes(status)))(
    'names the state that forbids it: %s',
    async (status) => {
      taskRouter.on(`GET ${taskPath}`, task(status));
      expect(await run()).toMatchObject({
        status: 409,
        body: { code: `task_is_${status}`, message: expect.stringContaining(`The task is ${status}`) },
      });
      expect(taskRouter.sent(`POST ${taskPath}`)).toEqual([]);
    },
  );

  it('says already: true when somebody else moved it between look and update', async () => {
    taskRouter
      .on(`GET ${taskPath}`, task(from[0] ?? ''), task(to))
      .on(`POST ${taskPath}`, refusal(400, 20001, 'Cannot update task'));
    expect(await run()).toMatchObject({ status: 200, body: { already: true, assignment_status: to } });
  });

  it('passes on a refusal that is not about the state', async () => {
    taskRouter
      .on(`GET ${taskPath}`, task(from[0] ?? ''))
      .on(`POST ${taskPath}`, refusal(400, 20001, 'Reason is too long'));
    expect(await run()).toMatchObject({
      status: 400,
      body: { code: 'taskrouter_refused', message: expect.stringContaining('Reason is too long') },
    });
  });

  it('does not know the task', async () => {
    taskRouter.on('GET ', { body: { sid: exampleSid('WS') } });
    expect(await run()).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
  });

  it('needs a task_sid', async () => {
    expect(await run({ task_sid: undefined })).toMatchObject({
      status: 400,
      body: { code: 'invalid_parameters', errors: { task_sid: 'is required' } },
    });
  });
});
