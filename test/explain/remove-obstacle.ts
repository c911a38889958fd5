import type { Reason } from '../../src/taskrouter/explain/explanation';
import type { Task, Worker } from '../../src/taskrouter/model/entities';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { attributes, type EngineBench } from '../support/engine-bench';

interface Subject {
  readonly bench: EngineBench;
  readonly task: Task;
  readonly worker: Worker;
}

type Removal = (subject: Subject, reason: Reason) => void;

/** What takes away the obstacle that a reason names, by its code. */
const removals: Partial<Record<Reason['code'], Removal>> = {
  not_available: ({ bench, worker }) => bench.setActivity(worker.sid, 'Idle'),
  has_pending_reservation: ({ bench, worker }) => {
    for (const reservation of bench.engine.view.reservationsOfWorker(worker.sid))
      if (reservation.status === 'pending') bench.deleteTask(reservation.taskSid);
  },
  no_capacity: ({ bench, task, worker }) => {
    const channel = bench.engine.view
      .channelsOfWorker(worker.sid)
      .find(({ taskChannelSid }) => taskChannelSid === task.taskChannelSid);
    if (!channel) throw new Error(`${worker.friendlyName} has no channel ${task.taskChannelSid}`);
    const capacity = bench.engine.view.useOfChannel(channel).used + 1;
    const { workspaceSid } = bench;
    const workerChannelSid = channel.sid;
    bench.run({ type: 'UpdateWorkerChannel', workspaceSid, workerChannelSid, capacity, available: true });
  },
  known_worker_missing: ({ bench, task }) => {
    bench.addWorker(String(task.attributes.value.agent), { languages: [] });
  },
  known_worker_other: ({ bench, task, worker }) => {
    const value = { ...task.attributes.value, agent: worker.friendlyName };
    bench.updateTask(task.sid, { attributes: attributes(value) });
  },
  not_in_queue: satisfyClauses,
  target_expression_false: satisfyClauses,
};

/** Makes each comparison true that the reason names as false. */
function satisfyClauses(subject: Subject, { clauses = [] }: Reason): void {
  for (const { text } of clauses.filter(({ matches }) => !matches)) satisfy(subject, text);
}

function satisfy({ bench, worker }: Subject, text: string): void {
  const [, language] = /languages HAS "(\w+)"/.exec(text) ?? [];
  const [, channel] = /channel\.(\w+)\.assigned_tasks < 1/.exec(text) ?? [];
  const { value } = bench.worker(worker.sid).attributes;
  if (language) {
    const languages = [...((value.languages as string[] | undefined) ?? []), language];
    bench.updateWorker(worker.sid, { attributes: attributes({ ...value, languages }) });
  } else if (channel) {
    const { taskChannelSid } = bench.channel(worker.sid, channel);
    for (const { status, taskSid, ...row } of bench.engine.view.reservationsOfWorker(worker.sid))
      if (status === 'accepted' && row.taskChannelSid === taskChannelSid) bench.deleteTask(taskSid);
  } else if (/activity_name/.test(text)) {
    const { workspaceSid, activities } = bench;
    const activitySid = activities.Idle as string;
    bench.run({ type: 'UpdateActivity', workspaceSid, activitySid, friendlyName: 'Idle' });
    bench.setActivity(worker.sid, 'Idle');
  } else if (/level >/.test(text)) {
    bench.updateWorker(worker.sid, { attributes: attributes({ ...value, level: 99 }) });
  } else {
    throw new Error(`Nothing is known that makes ${text} true`);
  }
}

/** @returns whether the obstacle can be removed: a RoutingTarget cannot be changed, and commands can be refused */
export function removeObstacle(subject: Subject, reason: Reason): boolean {
  if (reason.code === 'known_worker_other' && subject.task.step.kind === 'direct') return false;
  const remove = removals[reason.code];
  if (!remove) throw new Error(`Nothing removes ${reason.code}`);
  try {
    remove(subject, reason);
    return true;
  } catch (error) {
    if (error instanceof TaskRouterError) return false;
    throw error;
  }
}
