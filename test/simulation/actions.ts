import type { View } from '../../src/taskrouter/engine/state/view';
import type { Command } from '../../src/taskrouter/model/commands';
import type { Reservation } from '../../src/taskrouter/model/entities';
import type { Random } from './random';
import {
  attributesOf,
  languages,
  type SimulatedWorkspace,
  workerAttributes,
  workflowConfiguration,
} from './workspaces';

/** How often clients send which command. */
const weights = {
  createTask: 40,
  setActivity: 30,
  reply: 40,
  moveTask: 20,
  changeTask: 10,
  setChannel: 8,
  changeWorker: 8,
  instruct: 6,
  deleteTask: 4,
  changeQueue: 4,
  changeWorkflow: 4,
  hire: 3,
  dismiss: 2,
  changeWorkspace: 1,
} as const;

type ActionName = keyof typeof weights;

/** A random command of a client of this workspace; undefined if there is nothing to apply it to. */
export function randomCommand(
  view: View,
  workspace: SimulatedWorkspace,
  random: Random,
): Command | undefined {
  return commands[random.weighted(weights)](view, workspace, random);
}

type CommandMaker = (view: View, workspace: SimulatedWorkspace, random: Random) => Command | undefined;

const activityNames = ['Idle', 'Idle', 'Idle', 'Offline', 'Busy', 'Reserved'];

const commands: Record<ActionName, CommandMaker> = {
  createTask: (_view, { sid: workspaceSid, workflows, queues, workers }, random) => ({
    type: 'CreateTask',
    workspaceSid,
    workflowSid: random.of(Object.values(workflows)),
    attributes: attributesOf({
      language: random.of(languages),
      level: random.integer(0, 3),
      call_sid: `CA${'c'.repeat(32)}`,
      from: '+15550111',
    }),
    priority: random.integer(0, 2),
    timeoutSeconds: random.integer(5, 900),
    taskChannel: random.once(4) ? 'chat' : 'default',
    routingTarget: random.once(10)
      ? { kind: 'taskQueue', sid: random.of(Object.values(queues)) }
      : random.once(10) && workers.length > 0
        ? { kind: 'worker', sid: random.of(workers) }
        : undefined,
  }),
  setActivity(view, { sid: workspaceSid, activities }, random) {
    const worker = random.maybeOf(view.all('workers', workspaceSid));
    return (
      worker && {
        type: 'UpdateWorker',
        workspaceSid,
        workerSid: worker.sid,
        activitySid: activities[random.of(activityNames)],
        rejectPendingReservations: random.once(2),
      }
    );
  },
  reply(view, { sid: workspaceSid, activities }, random) {
    const reservation = openReservation(view, workspaceSid, random);
    return (
      reservation && {
        type: 'UpdateReservation',
        workspaceSid,
        reservationSid: reservation.sid,
        reservationStatus: random.of([
          'accepted',
          'accepted',
          'rejected',
          'canceled',
          'wrapping',
          'completed',
        ]),
        workerActivitySid: random.once(3) ? activities[random.of(activityNames)] : undefined,
      }
    );
  },
  moveTask(view, { sid: workspaceSid }, random) {
    const task = random.maybeOf(view.all('tasks', workspaceSid));
    const assignmentStatus = random.of(['wrapping', 'completed', 'canceled'] as const);
    return task && { type: 'UpdateTask', workspaceSid, taskSid: task.sid, assignmentStatus };
  },
  changeTask(view, { sid: workspaceSid }, random) {
    const task = random.maybeOf(view.all('tasks', workspaceSid));
    return (
      task && {
        type: 'UpdateTask',
        workspaceSid,
        taskSid: task.sid,
        attributes: attributesOf({ ...task.attributes.value, language: random.of(languages) }),
        priority: random.integer(0, 2),
      }
    );
  },
  setChannel(view, { sid: workspaceSid }, random) {
    const channel = random.maybeOf(view.all('workerChannels', workspaceSid));
    return (
      channel && {
        type: 'UpdateWorkerChannel',
        workspaceSid,
        workerChannelSid: channel.sid,
        capacity: random.integer(0, 3),
        available: !random.once(4),
      }
    );
  },
  changeWorker(view, { sid: workspaceSid }, random) {
    const worker = random.maybeOf(view.all('workers', workspaceSid));
    const attributes = workerAttributes(random);
    return worker && { type: 'UpdateWorker', workspaceSid, workerSid: worker.sid, attributes };
  },
  instruct(view, { sid: workspaceSid }, random) {
    const reservation = openReservation(view, workspaceSid, random);
    const instruction = {
      name: 'dequeue' as const,
      parameters: { from: '+15550100', timeout: 60 },
    };
    return (
      reservation &&
      ({ type: 'InstructReservation', workspaceSid, reservationSid: reservation.sid, instruction } as Command)
    );
  },
  deleteTask(view, { sid: workspaceSid }, random) {
    const task = random.maybeOf(view.all('tasks', workspaceSid));
    return task && { type: 'DeleteTask', workspaceSid, taskSid: task.sid };
  },
  changeQueue: (_view, { sid: workspaceSid, queues }, random) => ({
    type: 'UpdateTaskQueue',
    workspaceSid,
    taskQueueSid: random.of(Object.values(queues)),
    targetWorkers: random.of(['languages HAS "es"', 'languages HAS "en"', '1==1', 'level > 1']),
    taskOrder: random.of(['FIFO', 'LIFO']),
  }),
  changeWorkflow: (_view, { sid: workspaceSid, workflows, queues }, random) => ({
    type: 'UpdateWorkflow',
    workspaceSid,
    workflowSid: random.of(Object.values(workflows)),
    configuration: workflowConfiguration(queues, random.integer(5, 120)),
    reEvaluateTasks: random.once(2),
  }),
  hire(view, { sid: workspaceSid, activities }, random) {
    if ([...view.all('workers', workspaceSid)].length >= maxWorkers) return undefined;
    return {
      type: 'CreateWorker',
      workspaceSid,
      friendlyName: `Worker ${random.integer(1, 1_000_000)}`,
      attributes: workerAttributes(random),
      activitySid: activities.Idle,
    };
  },
  dismiss(view, { sid: workspaceSid }, random) {
    const workers = [...view.all('workers', workspaceSid)];
    if (workers.length <= minWorkers) return undefined;
    return { type: 'DeleteWorker', workspaceSid, workerSid: random.of(workers).sid };
  },
  changeWorkspace: (_view, { sid: workspaceSid }, random) => ({
    type: 'UpdateWorkspace',
    workspaceSid,
    prioritizeQueueOrder: random.of(['FIFO', 'LIFO']),
  }),
};

const minWorkers = 3;
const maxWorkers = 8;

/** Mostly one that is still open. */
function openReservation(view: View, workspaceSid: string, random: Random): Reservation | undefined {
  const reservations = [...view.all('reservations', workspaceSid)];
  const open = reservations.filter(({ status }) => ['pending', 'accepted', 'wrapping'].includes(status));
  return random.maybeOf(open.length > 0 && !random.once(20) ? open : reservations);
}
