import type { UpdateTask, UpdateWorker } from '../model/commands';
import type { Task, Worker } from '../model/entities';
import { taskStatuses } from '../model/statuses';
import type { Parameters } from './parameters';

export function readWorkerUpdate(parameters: Parameters, { workspaceSid, sid }: Worker): UpdateWorker {
  return {
    type: 'UpdateWorker',
    workspaceSid,
    workerSid: sid,
    friendlyName: parameters.text('FriendlyName'),
    activitySid: parameters.sid('ActivitySid', 'WA'),
    attributes: parameters.attributes('Attributes'),
    rejectPendingReservations: parameters.boolean('RejectPendingReservations'),
  };
}

export function readTaskUpdate(parameters: Parameters, { workspaceSid, sid }: Task): UpdateTask {
  return {
    type: 'UpdateTask',
    workspaceSid,
    taskSid: sid,
    attributes: parameters.attributes('Attributes'),
    assignmentStatus: parameters.oneOf('AssignmentStatus', taskStatuses),
    reason: parameters.text('Reason') ?? parameters.cleared('Reason'),
    priority: parameters.integer('Priority'),
    taskChannel: parameters.text('TaskChannel'),
    virtualStartTime: parameters.date('VirtualStartTime'),
  };
}
