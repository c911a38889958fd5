import { formatDate } from '../../http/dates';
import type { CumulativeFigures } from '../../statistics/cumulative';
import type { ReservationCounts } from '../../statistics/event-counts';
import type { TaskFigures } from '../../statistics/real-time-tasks';
import type { WorkerFigures } from '../../statistics/real-time-workers';
import type { SplitFigures } from '../../statistics/split-by-wait-time';
import type { StatisticsWindow } from '../../statistics/window';
import type { WorkersFigures } from '../../statistics/workers-cumulative';

/**
 * Statistics in TaskRouter's format. A combined resource has the same keys under `cumulative` and `realtime` as the separate
 * resources (our choice: Twilio's examples are older and shorter).
 */

export function workspaceCumulativeJson(figures: CumulativeFigures, window: StatisticsWindow) {
  return {
    ...cumulativeJson(figures, window),
    tasks_created: figures.tasksArrived,
    tasks_timed_out_in_workflow: figures.tasksTimedOutInWorkflow,
  };
}

export function workflowCumulativeJson(figures: CumulativeFigures, window: StatisticsWindow) {
  return {
    ...cumulativeJson(figures, window),
    tasks_entered: figures.tasksArrived,
    tasks_timed_out_in_workflow: figures.tasksTimedOutInWorkflow,
  };
}

export function taskQueueCumulativeJson(figures: CumulativeFigures, window: StatisticsWindow) {
  return {
    ...cumulativeJson(figures, window),
    tasks_entered: figures.tasksArrived,
    wait_duration_in_queue_until_accepted: figures.waitInQueueUntilAccepted,
  };
}

export function workersCumulativeJson(figures: WorkersFigures, window: StatisticsWindow) {
  return {
    ...windowJson(window),
    ...reservationsJson(figures.reservations),
    activity_durations: figures.activityDurations.map(({ sid, friendlyName, ...durations }) => ({
      sid,
      friendly_name: friendlyName,
      ...durations,
    })),
  };
}

export function workspaceRealTimeJson(tasks: TaskFigures, workers: WorkerFigures) {
  return { ...tasksJson(tasks), ...workersRealTimeJson(workers) };
}

export function taskQueueRealTimeJson(tasks: TaskFigures, workers: WorkerFigures) {
  return {
    ...bulkTaskQueueJson(tasks, workers),
    longest_relative_task_age_in_queue: tasks.longestInQueue.age,
    longest_relative_task_sid_in_queue: tasks.longestInQueue.sid,
  };
}

export function bulkTaskQueueJson(tasks: TaskFigures, workers: WorkerFigures) {
  return {
    ...tasksJson(tasks),
    activity_statistics: activitiesJson(workers),
    total_available_workers: workers.available,
    total_eligible_workers: workers.total,
  };
}

export function workersRealTimeJson(workers: WorkerFigures) {
  return { activity_statistics: activitiesJson(workers), total_workers: workers.total };
}

/** The real-time figures about tasks, which every resource has; a workflow has no others. */
export function tasksJson(tasks: TaskFigures) {
  return {
    longest_task_waiting_age: tasks.longestWaiting.age,
    longest_task_waiting_sid: tasks.longestWaiting.sid,
    tasks_by_priority: tasks.tasksByPriority,
    tasks_by_status: tasks.tasksByStatus,
    total_tasks: tasks.totalTasks,
  };
}

function cumulativeJson(figures: CumulativeFigures, window: StatisticsWindow) {
  return {
    avg_task_acceptance_time: figures.averageTaskAcceptanceTime,
    ...windowJson(window),
    ...reservationsJson(figures.reservations),
    split_by_wait_time: splitJson(figures.splitByWaitTime),
    wait_duration_until_accepted: figures.waitUntilAccepted,
    wait_duration_until_canceled: figures.waitUntilCanceled,
    tasks_canceled: figures.tasksCanceled,
    tasks_completed: figures.tasksCompleted,
    tasks_deleted: figures.tasksDeleted,
    tasks_moved: figures.tasksMoved,
  };
}

const windowJson = ({ from, to }: StatisticsWindow) => ({
  start_time: formatDate(from),
  end_time: formatDate(to),
});

const reservationsJson = (counts: ReservationCounts) => ({
  reservations_created: counts.created,
  reservations_accepted: counts.accepted,
  reservations_rejected: counts.rejected,
  reservations_timed_out: counts.timedOut,
  reservations_canceled: counts.canceled,
  reservations_rescinded: counts.rescinded,
});

/** By threshold; without thresholds an empty object (our choice). */
function splitJson(figures: CumulativeFigures['splitByWaitTime']): object {
  const half = (counts: SplitFigures['above']) => ({
    tasks_canceled: counts.canceled,
    reservations_accepted: counts.accepted,
  });
  const splits = Array.from(figures, ([threshold, { above, below }]) => [
    threshold,
    { above: half(above), below: half(below) },
  ]);
  return Object.fromEntries(splits);
}

const activitiesJson = ({ activities }: WorkerFigures) =>
  activities.map(({ sid, friendlyName, workers }) => ({ sid, friendly_name: friendlyName, workers }));
