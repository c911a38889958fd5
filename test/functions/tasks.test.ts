import { handler as cancelTask } from '../../functions/cancel-task';
import { handler as completeTask } from '../../functions/complete-task';
import { handler as wrapUpTask } from '../../functions/wrap-up-task';
import { errorResponse, listOf, TaskRouterDouble } from '../support/taskrouter-double';
import { taskJson } from '../support/taskrouter-entities';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';
import { Tutorial } from './tutorial';

const statuses = ['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'];

describe.each([
  {
    name: 'wrap-up-task',
    handler: wrapUpTask,
    to: 'wrapping',
    from: ['assigned'],
    reservation: { assigned: 'wrapping' },
  },
  {
    name: 'complete-task',
    handler: completeTask,
    to: 'completed',
    from: ['assigned', 'wrapping'],
    reservation: { assigned: 'completed', wrapping: 'completed' },
  },
  {
    name: 'cancel-task',
    handler: cancelTask,
    to: 'canceled',
    from: ['pending', 'reserved'],
    reservation: { reserved: 'canceled' },
  },
])('$name', ({ handler, to, from, reservation }) => {
  describe('with a working TaskRouter', () => {
    let tutorial: Tutorial;
    beforeEach(async () => {
      tutorial = await Tutorial.start();
    });
    afterEach(() => tutorial.close());
    const run = (task_sid: unknown, reason?: string) => tutorial.run(handler, { task_sid, reason });

    it.each(from)('moves a task that is %s, with the reason', async (status) => {
      const task_sid = await tutorial.taskThatIs(status);
      const reservation_status = (reservation as Record<string, string>)[status] ?? null;
      const response = await run(task_sid, 'the customer is happy');
      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        task_sid,
        assignment_status: to,
        attributes: { selected_language: 'es' },
        reservation_sid: reservation_status && expect.stringMatching(/^WR/),
        reservation_status,
        worker_sid: reservation_status && tutorial.sids.alice,
        worker_name: reservation_status && 'Alice',
      });
      expect(await tutorial.workspace.tasks(task_sid).fetch()).toMatchObject({
        assignmentStatus: to,
        reason: 'the customer is happy',
      });
    });

    it('says already: true, and changes nothing, when the task is there', async () => {
      const task_sid = await tutorial.taskThatIs(to);
      expect(await run(task_sid)).toMatchObject({
        status: 200,
        body: { already: true, assignment_status: to },
      });
      expect(tutorial.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
    });

    it.each(statuses.filter((status) => status !== to && !from.includes(status)))(
      'names the state that does not allow it: %s',
      async (status) => {
        const task_sid = await tutorial.taskThatIs(status);
        expect(await run(task_sid)).toMatchObject({
          status: 409,
          body: { code: `task_is_${status}`, message: expect.stringContaining(`The task is ${status}`) },
        });
        expect(tutorial.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
      },
    );

    it('does not find an unknown task', async () => {
      expect(await run(exampleSid('WT'))).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
    });

    it('requires a task_sid', async () => {
      expect(await run(undefined)).toMatchObject({
        status: 400,
        body: { code: 'invalid_parameters', errors: { task_sid: 'is required' } },
      });
    });
  });

  describe('with a TaskRouter that rejects the change', () => {
    const taskRouter = new TaskRouterDouble();
    beforeAll(() => taskRouter.start());
    afterAll(() => taskRouter.stop());

    const task_sid = exampleSid('WT');
    const taskPath = `/Tasks/${task_sid}`;
    const task = (assignment_status: string) => ({ body: taskJson({ assignment_status }) });
    beforeEach(() => {
      taskRouter.clear().on(`GET ${taskPath}/Reservations`, listOf('reservations', []));
    });
    const run = () => {
      const context = functionContext({ TASKROUTER_BASE_URL: taskRouter.url });
      return invoke(handler, { context, event: functionEvent({ task_sid }) });
    };

    it('says already: true when another request moved it between read and update', async () => {
      taskRouter
        .on(`GET ${taskPath}`, task(from[0] ?? ''), task(to))
        .on(`POST ${taskPath}`, errorResponse(400, 20001, 'Cannot update task'));
      expect(await run()).toMatchObject({ status: 200, body: { already: true, assignment_status: to } });
    });

    it('reports an error that is not about the state', async () => {
      taskRouter
        .on(`GET ${taskPath}`, task(from[0] ?? ''))
        .on(`POST ${taskPath}`, errorResponse(400, 20001, 'Reason is too long'));
      expect(await run()).toMatchObject({
        status: 400,
        body: { code: 'taskrouter_refused', message: expect.stringContaining('Reason is too long') },
      });
    });
  });
});
