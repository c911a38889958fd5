import { createRequire } from 'node:module';
import path from 'node:path';
import type { CallbackRequest, startTaskRouter, TestTaskRouter } from '../src/testkit/contract';
import type { Measure } from './measure';
import { interleaved, median } from './rounds';

/** The built test kit. */
interface Kit {
  readonly startTaskRouter: typeof startTaskRouter;
}

const workers = 20;
const tasksPerMinute = 2;
const minutesOfWork = 8;

export const virtualTime: Measure = {
  name: 'virtual-time',
  about: 'The test kit in virtual time: a timeout of 20 minutes, and a busy day through the client',
  async run({ quick, progress }) {
    const kit = createRequire(path.resolve('package.json'))('./dist/testkit/index.js') as Kit;
    const hours = quick ? 4 : 24;
    progress(`${hours} hours`);
    const { timeout } = await interleaved(quick ? 3 : 10, { timeout: () => timeoutMs(kit) });
    const { seconds, callbacks } = await busyDay(kit, hours);
    const tasks = hours * 60 * tasksPerMinute;
    return [
      {
        goals: [],
        label: 'Test kit, virtual time: a reservation timeout of 20 minutes',
        unit: 'ms',
        value: median(timeout),
      },
      {
        goals: [],
        label: `Test kit, virtual time: ${hours} hours with ${workers} workers, ${tasks.toLocaleString('en-US')} tasks`,
        unit: 's',
        value: seconds,
        note: `${callbacks.toLocaleString('en-US')} callbacks`,
      },
    ];
  },
};

/** A reservation without a response. */
async function timeoutMs({ startTaskRouter }: Kit): Promise<number> {
  const taskRouter = await startTaskRouter({ workspace, respond: () => undefined });
  try {
    await workspaceOf(taskRouter).tasks.create({ attributes: '{}' });
    const started = performance.now();
    await taskRouter.advance(20 * 60);
    const took = performance.now() - started;
    const ended = taskRouter.events({ type: 'reservation.timeout' }).length;
    if (ended !== 1) throw new Error(`${ended} reservations timed out`);
    return took;
  } finally {
    await taskRouter.close();
  }
}

/** Tasks arrive all the time, are accepted by an instruction, and are completed through REST. */
async function busyDay(
  { startTaskRouter }: Kit,
  hours: number,
): Promise<{ readonly seconds: number; readonly callbacks: number }> {
  const workerOf = new Map<string, string>();
  const respond = ({ kind, parameters }: CallbackRequest) => {
    if (kind !== 'assignment') return undefined;
    workerOf.set(parameters.TaskSid as string, parameters.WorkerSid as string);
    return { body: { instruction: 'accept' } };
  };
  const taskRouter = await startTaskRouter({ workspace, respond });
  const own = workspaceOf(taskRouter);
  const finish = async (sid: string) => {
    await own.tasks(sid).update({ assignmentStatus: 'completed' });
    await own
      .workers(workerOf.get(sid) as string)
      .update({ activitySid: taskRouter.activities.Idle as string });
  };
  const atWork: { readonly sid: string; readonly until: number }[] = [];
  const started = performance.now();
  for (let minute = 0; minute < hours * 60; minute += 1) {
    for (let count = 0; count < tasksPerMinute; count += 1) {
      const { sid } = await own.tasks.create({ attributes: '{}' });
      atWork.push({ sid, until: minute + minutesOfWork });
    }
    while (atWork[0]?.until === minute) await finish((atWork.shift() as { sid: string }).sid);
    await taskRouter.advance(60);
  }
  const seconds = (performance.now() - started) / 1000;
  const callbacks = taskRouter.callbacks().length;
  await taskRouter.close();
  return { seconds, callbacks };
}

const workspaceOf = ({ client, workspaceSid }: TestTaskRouter) =>
  client.taskrouter.v1.workspaces(workspaceSid);

const workspace = {
  friendlyName: 'Busy',
  multiTaskEnabled: false,
  eventCallbackUrl: 'http://functions.test/event',
  activities: [
    { friendlyName: 'Idle', available: true },
    { friendlyName: 'Busy', available: false },
  ],
  taskQueues: [{ friendlyName: 'Everybody', reservationActivity: 'Busy', assignmentActivity: 'Busy' }],
  workflows: [
    {
      friendlyName: 'All',
      taskReservationTimeout: 1200,
      assignmentCallbackUrl: 'http://functions.test/assignment',
      configuration: { task_routing: { default_filter: { queue: 'Everybody' } } },
    },
  ],
  workers: Array.from({ length: workers }, (_, number) => ({
    friendlyName: `Worker ${number + 1}`,
    activity: 'Idle',
  })),
};
