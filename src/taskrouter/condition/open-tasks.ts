import type { OpenTask } from '../../doctor/condition';
import { isFinished } from '../engine/rules/transitions';
import type { ExplainedState } from '../explain/explained-state';
import type { Task } from '../model/entities';

export function openTasks({ view }: ExplainedState): OpenTask[] {
  const tasks: OpenTask[] = [];
  for (const task of view.all('tasks')) if (!isFinished(task.status)) tasks.push(openTask(task));
  return tasks;
}

function openTask(task: Task): OpenTask {
  const { sid, workspaceSid, dateCreated, timeoutSeconds, assignedAt, assignmentCount } = task;
  return {
    sid,
    workspaceSid,
    status: task.status as OpenTask['status'],
    createdAt: dateCreated,
    endsAt: dateCreated + timeoutSeconds * 1000,
    assignedAt,
    offers: assignmentCount,
  };
}
