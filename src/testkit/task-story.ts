import type { TaskRouter } from '../taskrouter/taskrouter';
import { taskExplanation } from './explanations';
import type { Records } from './records';

/** Why a task has not reached the expected status: its history, and the activities of the workers. */
export function taskStory(
  taskRouter: TaskRouter,
  records: Records,
  expected: { readonly taskSid: string; readonly status: string },
  ending: string,
): string {
  const { view } = taskRouter;
  const { taskSid, status } = expected;
  const task = view.find('tasks', taskSid);
  const workers = [...view.all('workers', task?.workspaceSid)].map(({ friendlyName, activitySid }) => {
    const activity = view.find('activities', activitySid);
    return `${friendlyName} (${activity?.friendlyName}${activity?.available ? ', available' : ''})`;
  });
  return [
    `Task ${taskSid} is not ${status}: it is ${task?.status ?? 'gone'}, and ${ending}.`,
    ...(task?.status === 'pending' ? [taskExplanation(taskRouter, taskSid).summary] : []),
    'What happened to it:',
    ...history(records, taskSid),
    `Workers: ${workers.join(', ') || 'none'}`,
  ].join('\n');
}

/** Events and callbacks in chronological order. */
function history(records: Records, taskSid: string): string[] {
  const events = records.events({ taskSid }).map(({ date, type, fields }) => ({
    date,
    text: [type, fields.WorkerName].filter(Boolean).join(' '),
  }));
  const callbacks = records
    .callbacks({ taskSid })
    .filter(({ outcome }) => outcome !== 'delivered' && outcome !== 'twiml')
    .map(({ at, kind, outcome, requests }) => ({
      date: at,
      text: [
        kind === 'voice' ? 'voice request:' : `${kind} callback:`,
        outcome,
        requests.at(-1)?.error ?? requests.at(-1)?.alert?.message,
      ]
        .filter(Boolean)
        .join(' '),
    }));
  return [...events, ...callbacks]
    .sort((left, right) => left.date.getTime() - right.date.getTime())
    .map(({ date, text }) => `  ${date.toISOString()}  ${text}`);
}
