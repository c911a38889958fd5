import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { EventListInstancePageOptions } from 'twilio/lib/rest/taskrouter/v1/workspace/event';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { shownActivity, shownEvent, shownTask, shownTaskQueue, shownWorker } from './lifecycle-entries';
import { reservationsFromEvents } from './reservations-from-events';
import type { StepContext } from './step';
import { fetchTask } from './task-lookup';

export interface LifecycleParameters {
  /** Only this task, with all its reservations. */
  readonly taskSid?: string | undefined;
}

/** The largest page TaskRouter gives: https://www.twilio.com/docs/usage/twilios-response */
const largestPage = 1000;
/** Our choice: enough for a screen; the rest of the events only tells the reservations. */
const shownEvents = 100;
/**
 * A reservation is pending for 24 hours at most and its task assigned for 24 more
 * (https://www.twilio.com/docs/taskrouter/limits), so that an unfinished one began within 48 hours.
 */
const reservationWindowMinutes = 2 * 24 * 60;
/** Events are kept for 30 days, longer than any task lives: https://www.twilio.com/docs/taskrouter/api/event */
const eventRetentionMinutes = 30 * 24 * 60;

/**
 * What the page shows, in five REST calls.
 *
 * REST lists reservations only under one task or one worker, so they are read out of the events: of the last 48 hours,
 * at most the newest 1,000, or of one task's whole life if `taskSid` is given. Only reservations of the tasks shown
 * are answered. A reservation whose events are not among those is seen by asking for its task.
 */
export async function lifecycle(
  { workspace, settings }: StepContext,
  { taskSid }: LifecycleParameters,
): Promise<object> {
  const page = { pageSize: largestPage };
  const [tasks, workers, taskQueues, activities, events] = await Promise.all([
    readTasks(workspace, taskSid),
    workspace.workers.page(page),
    workspace.taskQueues.page(page),
    workspace.activities.page(page),
    workspace.events.page(eventsToRead(taskSid)),
  ]);
  const shown = new Set(tasks.map(({ sid }) => sid));
  const newestFirst = events.instances.sort((one, other) => other.eventDateMs - one.eventDateMs);
  return {
    build: settings.build,
    inspector_url: settings.inspectorUrl ?? null,
    tasks: tasks.map(shownTask),
    reservations: reservationsFromEvents(newestFirst).filter(({ task_sid }) => shown.has(task_sid)),
    workers: workers.instances.map(shownWorker),
    task_queues: taskQueues.instances.map(shownTaskQueue),
    activities: activities.instances.map(shownActivity),
    events: newestFirst.slice(0, shownEvents).map(shownEvent),
    poll_after_ms: settings.pollAfterMs,
  };
}

async function readTasks(workspace: WorkspaceContext, taskSid: string | undefined): Promise<TaskInstance[]> {
  if (taskSid !== undefined) return [await fetchTask(workspace, taskSid)];
  const newest = await workspace.tasks.page({ ordering: 'DateCreated:desc', pageSize: largestPage });
  return newest.instances;
}

function eventsToRead(taskSid: string | undefined): EventListInstancePageOptions {
  if (taskSid === undefined) return { minutes: reservationWindowMinutes, pageSize: largestPage };
  return { taskSid, minutes: eventRetentionMinutes, pageSize: largestPage };
}
