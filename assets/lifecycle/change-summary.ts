import type { LifecycleResponse } from './lifecycle-response';
import { taskSentence } from './task-sentence';
import { taskViews } from './task-views';

/** Our choice: as much as a screen reader can say before the next update. */
const maxSentences = 4;

/** What changed from one response to the next, as sentences for a screen reader. */
export function changeSummary(before: LifecycleResponse, after: LifecycleResponse): string {
  const sentences = [...taskChanges(before, after), ...workerChanges(before, after)];
  const more = sentences.length - maxSentences;
  if (more > 0) sentences.splice(maxSentences, more, `And ${more} more changes.`);
  return sentences.join(' ');
}

function taskChanges(before: LifecycleResponse, after: LifecycleResponse): string[] {
  const known = new Map(taskViews(before).map((view) => [view.task.task_sid, taskSentence(view)]));
  return taskViews(after)
    .map((view) => ({ sid: view.task.task_sid, sentence: taskSentence(view) }))
    .filter(({ sid, sentence }) => known.get(sid) !== sentence)
    .map(({ sid, sentence }) => `${known.has(sid) ? 'Task' : 'New task'} ${sid.slice(-4)}: ${sentence}`);
}

function workerChanges(before: LifecycleResponse, after: LifecycleResponse): string[] {
  const known = new Map(before.workers.map((worker) => [worker.worker_sid, worker.activity_sid]));
  return after.workers
    .filter(({ worker_sid, activity_sid }) => known.get(worker_sid) !== activity_sid)
    .map(({ worker_name, activity_name }) => `${worker_name} is ${activity_name}.`);
}
