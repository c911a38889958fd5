import { createRequire } from 'node:module';

// Measures the test kit in virtual time: the start, a timeout of twenty minutes, and a busy day.
//   npm run build && node bench/virtual-time.mjs

const { startTaskRouter } = createRequire(import.meta.url)('../dist/testkit/index.js');

const workers = 20;
const tasksPerMinute = 2;
const minutesOfWork = 8;
const event = 'http://functions.test/event';

const workspace = {
  friendlyName: 'Busy',
  multiTaskEnabled: false,
  eventCallbackUrl: event,
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

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - started };
}

async function start() {
  const times = [];
  for (let count = 0; count < 20; count++) {
    const { result, milliseconds } = await timed(() => startTaskRouter());
    times.push(milliseconds);
    await result.close();
  }
  const [first] = times;
  times.sort((left, right) => left - right);
  return `start: ${times[10].toFixed(0)} ms (median of 20, the tutorial's workspace included; the first ${first.toFixed(0)} ms)`;
}

/** A reservation without a response. */
async function timeout() {
  const taskRouter = await startTaskRouter({ workspace, respond: () => undefined });
  const { client, workspaceSid } = taskRouter;
  await client.taskrouter.v1.workspaces(workspaceSid).tasks.create({ attributes: '{}' });
  const { milliseconds } = await timed(() => taskRouter.advance(20 * 60));
  const ended = taskRouter.events({ type: 'reservation.timeout' }).length;
  await taskRouter.close();
  if (ended !== 1) throw new Error(`${ended} reservations timed out`);
  return `a reservation timeout of 20 minutes: ${milliseconds.toFixed(1)} ms`;
}

/** Tasks arrive all day, are accepted by an instruction, and are completed through REST. */
async function busyDay() {
  const workerOf = new Map();
  const respond = ({ kind, parameters }) => {
    if (kind !== 'assignment') return undefined;
    workerOf.set(parameters.TaskSid, parameters.WorkerSid);
    return { body: { instruction: 'accept' } };
  };
  const finish = async (sid) => {
    await own.tasks(sid).update({ assignmentStatus: 'completed' });
    await own.workers(workerOf.get(sid)).update({ activitySid: taskRouter.activities.Idle });
  };
  const taskRouter = await startTaskRouter({ workspace, respond });
  const own = taskRouter.client.taskrouter.v1.workspaces(taskRouter.workspaceSid);
  const atWork = [];
  const { milliseconds } = await timed(async () => {
    for (let minute = 0; minute < 24 * 60; minute++) {
      for (let count = 0; count < tasksPerMinute; count++) {
        const { sid } = await own.tasks.create({ attributes: '{}' });
        atWork.push({ sid, until: minute + minutesOfWork });
      }
      while (atWork[0]?.until === minute) await finish(atWork.shift().sid);
      await taskRouter.advance(60);
    }
  });
  const completed = taskRouter.events({ type: 'task.completed' }).length;
  const callbacks = taskRouter.callbacks().length;
  await taskRouter.close();
  return `a day with ${workers} workers: ${completed} tasks completed, ${callbacks} callbacks, in ${(milliseconds / 1000).toFixed(1)} s`;
}

console.log(await start());
console.log(await timeout());
console.log(await busyDay());
