import type { WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ActivityInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/activity';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import type { TaskChannelInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskChannel';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import type { WorkerChannelInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker/workerChannel';
import type { WorkflowInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/workflow';
import { limits } from '../common/limits';
import type { Attributes, Tables, Task, TaskChannel, Worker } from '../taskrouter/model/entities';
import { compactJson } from '../taskrouter/model/json-text';
import { timeOf } from './lists';

/** Gives the rows their sequences, so they must be made in order of creation. */
export class RowMaker {
  sequence = 0;

  constructor(private readonly workspaceSid: string) {}

  workspace(workspace: WorkspaceInstance): Tables['workspaces'] {
    const { friendlyName, eventCallbackUrl, eventsFilter, multiTaskEnabled, prioritizeQueueOrder } =
      workspace;
    return {
      ...this.kept(workspace),
      friendlyName,
      eventCallbackUrl: eventCallbackUrl || '',
      eventsFilter: eventsFilter || null,
      multiTaskEnabled,
      prioritizeQueueOrder,
      defaultActivitySid: workspace.defaultActivitySid,
      timeoutActivitySid: workspace.timeoutActivitySid,
    };
  }

  activity(activity: ActivityInstance): Tables['activities'] {
    const { friendlyName, available } = activity;
    return { ...this.owned(activity), friendlyName, available };
  }

  taskChannel(channel: TaskChannelInstance): TaskChannel {
    const { friendlyName, uniqueName, channelOptimizedRouting } = channel;
    return {
      ...this.owned(channel),
      friendlyName,
      uniqueName,
      channelOptimizedRouting: channelOptimizedRouting === true,
    };
  }

  taskQueue(queue: TaskQueueInstance): Tables['taskQueues'] {
    const { friendlyName, targetWorkers, maxReservedWorkers, taskOrder } = queue;
    return {
      ...this.owned(queue),
      friendlyName,
      targetWorkers: targetWorkers || null,
      maxReservedWorkers,
      taskOrder,
      reservationActivitySid: queue.reservationActivitySid || null,
      assignmentActivitySid: queue.assignmentActivitySid || null,
    };
  }

  /** The version that is in force has the sid of its workflow: REST shows no versions. */
  workflow(workflow: WorkflowInstance): Tables['workflows'] {
    const { friendlyName, assignmentCallbackUrl, fallbackAssignmentCallbackUrl } = workflow;
    return {
      ...this.owned(workflow),
      friendlyName,
      versionSid: workflow.sid,
      assignmentCallbackUrl: assignmentCallbackUrl || null,
      fallbackAssignmentCallbackUrl: fallbackAssignmentCallbackUrl || null,
      taskReservationTimeoutSeconds: workflow.taskReservationTimeout,
    };
  }

  workflowVersion(workflow: WorkflowInstance): Tables['workflowVersions'] {
    const { sid, configuration } = workflow;
    return { ...this.owned(workflow), workflowSid: sid, configuration };
  }

  /** REST does not show since when a worker is idle: the last change of the activity counts, until more is known. */
  worker(worker: WorkerInstance): Worker {
    const { friendlyName, activitySid, attributes, dateStatusChanged } = worker;
    return {
      ...this.owned(worker),
      friendlyName,
      activitySid,
      attributes: attributesOf(attributes),
      dateStatusChanged: timeOf(dateStatusChanged),
      availableSince: timeOf(dateStatusChanged),
      lastReservedTime: null,
      version: 0,
    };
  }

  workerChannel(channel: WorkerChannelInstance): Tables['workerChannels'] {
    const { workerSid, taskChannelSid, configuredCapacity, available } = channel;
    return {
      ...this.owned(channel),
      workerSid,
      taskChannelSid,
      configuredCapacity,
      available,
      lastReservedTime: null,
    };
  }

  /** The channel that a worker has from the start, for workspaces in which channels decide nothing. */
  unreadWorkerChannel(worker: Worker, channel: TaskChannel): Tables['workerChannels'] {
    return {
      ...worker,
      sid: `${worker.sid} ${channel.sid}`,
      sequence: this.next(),
      workerSid: worker.sid,
      taskChannelSid: channel.sid,
      configuredCapacity: limits.workerChannelCapacity.default,
      available: true,
      lastReservedTime: null,
    };
  }

  task(task: TaskInstance, attributes: Attributes, step: Task['step']): Task {
    const { assignmentStatus, reason, priority, timeout, routingTarget, ignoreCapacity } = task;
    const kept = this.owned(task);
    return {
      ...kept,
      attributes,
      status: assignmentStatus,
      reason: reason || null,
      priority,
      timeoutSeconds: timeout,
      taskChannelSid: task.taskChannelSid,
      workflowSid: task.workflowSid,
      taskQueueSid: task.taskQueueSid,
      taskQueueEnteredDate: timeOf(task.taskQueueEnteredDate) || kept.dateCreated,
      virtualStartTime: timeOf(task.virtualStartTime) || kept.dateCreated,
      routingTarget: routingTarget || null,
      ignoreCapacity: ignoreCapacity === true,
      step,
      routeAgain: null,
      assignmentCount: 0,
      callbackFailures: 0,
      heldUntil: null,
      assignedAt: null,
      finishedAt: null,
      transferSid: null,
      reEvaluatedReason: null,
      version: 0,
    };
  }

  /** @param timeoutSeconds of the workflow as it is now: REST does not show until when an offer lasts */
  reservation(
    reservation: ReservationInstance,
    task: Task,
    timeoutSeconds: number,
    activitySid: string,
  ): Tables['reservations'] {
    const { reservationStatus, workerSid, workerName } = reservation;
    const kept = this.owned(reservation);
    return {
      ...kept,
      status: reservationStatus,
      taskSid: task.sid,
      workerSid,
      workerName,
      taskChannelSid: task.taskChannelSid,
      taskQueueSid: task.taskQueueSid,
      workflowSid: task.workflowSid,
      timeoutSeconds,
      expiresAt: kept.dateCreated + timeoutSeconds * 1000,
      workerPreviousActivitySid: activitySid,
      onHold: false,
      canceledReasonCode: null,
      transferSid: null,
      version: 0,
    };
  }

  private owned(instance: Instance) {
    return { ...this.kept(instance), workspaceSid: this.workspaceSid };
  }

  private kept({ sid, dateCreated, dateUpdated }: Instance) {
    const created = timeOf(dateCreated);
    return {
      sid,
      sequence: this.next(),
      dateCreated: created,
      dateUpdated: timeOf(dateUpdated) || created,
    };
  }

  private next(): number {
    this.sequence += 1;
    return this.sequence;
  }
}

interface Instance {
  readonly sid: string;
  readonly dateCreated: Date | null;
  readonly dateUpdated: Date | null;
}

/** Attributes that are not an object count as none, as expressions find nothing in them. */
export function attributesOf(text: string): Attributes {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { text: compactJson(text), value: value as Record<string, unknown> };
  } catch {
    // Not JSON.
  }
  return { text: '{}', value: {} };
}
