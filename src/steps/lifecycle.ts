import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { EventListInstancePageOptions } from 'twilio/lib/rest/taskrouter/v1/workspace/event';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { shownActivity, shownEvent, shownTask, shownTaskQueue, shownWorker } from './lifecycle-entries';
import { reservationsFromEvents } from './reservations-from-events';
import { largestPage, type StepContext } from './step';
import { fetchTask } from './task-lookup';
import { taskPresets } from './task-presets';

interface LifecycleParameters {
  /** Only this task, with all its reservations. */
  readonly taskSid?: string | undefined;
  /** Only `task_presets`: attributes of a task for each filter of the workflow. */
  readonly taskPresets?: boolean | undefined;
  /** Only `explanation`: why this task (WT…) waits, or this worker (WK…) is offered nothing. */
  readonly explain?: string | undefined;
}

/** Our choice: enough for a screen. The other events only serve to derive the reservations. */
const shownEvents = 100;
/**
 * A reservation is pending for at most 24 hours and its task assigned for another 24
 * (https://www.twilio.com/docs/taskrouter/limits), so an unfinished one began within 48 hours.
 */
const reservationWindowMinutes = 2 * 24 * 60;
/** Events are kept for 30 days, longer than any task lives: https://www.twilio.com/docs/taskrouter/api/event */
const eventRetentionMinutes = 30 * 24 * 60;

/**
 * What the lifecycle page shows, in at most five REST calls. The presets of the page are a response of their own,
 * because the workflow would be a sixth call, and so is an explanation, which is about one task or worker.
 */
export async function lifecycle(context: StepContext, parameters: LifecycleParameters): Promise<object> {
  if (parameters.explain !== undefined) return { explanation: await context.explain(parameters.explain) };
  if (parameters.taskPresets) return { task_presets: await taskPresets(context) };
  return readLifecycle(context, parameters);
}

/**
 * REST lists reservations only for one task or one worker, so they are derived from events: the newest 1,000 of the
 * last 48 hours, or one task's whole life if `taskSid` is given. The response contains only the reservations of its
 * tasks. If the events of a reservation are not among those, request its task by sid.
 */
export async function readLifecycle(
  { workspace, alerts, settings }: StepContext,
  { taskSid }: LifecycleParameters,
) {
  const page = { pageSize: largestPage };
  const [tasks, workers, taskQueues, activities, events, taskAlerts, workspaceWarnings] = await Promise.all([
    readTasks(workspace, taskSid),
    workspace.workers.page(page),
    workspace.taskQueues.page(page),
    workspace.activities.page(page),
    workspace.events.page(eventsToRead(taskSid)),
    alerts.ofTasks(taskSid),
    alerts.ofWorkspaceFile(),
  ]);
  const shown = new Set(tasks.map(({ sid }) => sid));
  const newestFirst = events.instances.sort((one, other) => other.eventDateMs - one.eventDateMs);
  return {
    build: settings.build,
    inspector_url: settings.inspectorUrl ?? null,
    configuration_errors: settings.configurationErrors(),
    workspace_warnings: workspaceWarnings,
    tasks: tasks.map(shownTask),
    reservations: reservationsFromEvents(newestFirst).filter(({ task_sid }) => shown.has(task_sid)),
    workers: workers.instances.map(shownWorker),
    task_queues: taskQueues.instances.map(shownTaskQueue),
    activities: activities.instances.map(shownActivity),
    events: newestFirst.slice(0, shownEvents).map(shownEvent),
    alerts: taskAlerts,
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
