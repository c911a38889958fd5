import { limits } from '../../../common/limits';
import type { CreateWorker, DeleteWorker, UpdateWorker, UpdateWorkerChannel } from '../../model/commands';
import type { Task, Worker, WorkerChannel } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { workerChannelFields } from '../event-fields';
import { notAvailable } from '../rules/release';
import { cancelOffer, rejectReservation } from '../rules/reservation-lifecycle';
import { cancelTask } from '../rules/task-lifecycle';
import { failTransfer } from '../rules/transfer-lifecycle';
import { activityPatch } from '../rules/worker-activity';
import { checkFriendlyName, checkRange, checkUniqueName, named, subject, workspaceOf } from './lookups';
import { addWorkerChannel } from './task-channels';

const noAttributes = { text: '{}', value: {} };

/** https://www.twilio.com/docs/taskrouter/api/worker */
export function createWorker(context: CommandContext, command: CreateWorker): Worker {
  const workspace = workspaceOf(context, command);
  checkName(context, workspace.sid, command.friendlyName);
  if (command.activitySid !== undefined)
    named(context, workspace.sid, 'activities', 'ActivitySid', command.activitySid);
  if (context.state.table('workers').count(workspace.sid) >= limits.workersPerWorkspace) {
    throw new InvalidParameter(`A Workspace can have at most ${limits.workersPerWorkspace} Workers`);
  }
  const worker = context.state.put('workers', {
    ...context.created(sidPrefix.worker, command.friendlyName),
    workspaceSid: workspace.sid,
    friendlyName: command.friendlyName,
    activitySid: command.activitySid ?? workspace.defaultActivitySid,
    attributes: command.attributes ?? noAttributes,
    dateStatusChanged: context.now,
    availableSince: context.now,
    lastReservedTime: null,
    version: 0,
  });
  for (const channel of context.state.all('taskChannels', workspace.sid))
    addWorkerChannel(context, worker, channel);
  context.recordWorkerEvent('worker.created', worker, `Worker ${worker.friendlyName} created`);
  return worker;
}

/** An update without changes keeps the version (seen). */
export function updateWorker(context: CommandContext, command: UpdateWorker): Worker {
  const before = subject(context, command, 'workers', command.workerSid);
  const { friendlyName } = command;
  if (friendlyName !== undefined) checkName(context, before.workspaceSid, friendlyName, before.sid);
  checkActivity(context, before, command);
  const patch = patchOf(context, before, command);
  const worker = Object.keys(patch).length === 0 ? before : context.changeWorker({ ...before, ...patch });
  if (patch.attributes || patch.friendlyName !== undefined) {
    context.recordWorkerEvent(
      'worker.attributes.update',
      worker,
      `Worker ${worker.friendlyName} attributes updated`,
    );
  }
  if (patch.activitySid) context.recordActivityChange(worker, before);
  if (command.rejectPendingReservations) rejectPending(context, worker);
  return context.state.get('workers', worker.sid);
}

function patchOf(context: CommandContext, worker: Worker, command: UpdateWorker): Partial<Worker> {
  const { friendlyName, attributes, activitySid } = command;
  return {
    ...(friendlyName !== undefined && friendlyName !== worker.friendlyName && { friendlyName }),
    ...(attributes && attributes.text !== worker.attributes.text && { attributes }),
    ...(activitySid !== undefined &&
      activitySid !== worker.activitySid &&
      activityPatch(context, worker, activitySid)),
  };
}

/** RejectPendingReservations needs an unavailable activity. */
function checkActivity(context: CommandContext, worker: Worker, command: UpdateWorker): void {
  const { activitySid, rejectPendingReservations } = command;
  if (activitySid !== undefined)
    named(context, worker.workspaceSid, 'activities', 'ActivitySid', activitySid);
  if (!rejectPendingReservations) return;
  if (activitySid === undefined || context.state.get('activities', activitySid).available) {
    throw new InvalidParameter(
      'RejectPendingReservations is only allowed together with an ActivitySid that is not available',
    );
  }
}

/** The worker stays in the new activity. Our choice: without the flag, pending reservations stay pending. */
function rejectPending(context: CommandContext, worker: Worker): void {
  for (const reservation of context.load.ofWorker(worker.sid)) {
    if (reservation.status === 'pending') rejectReservation(context, reservation, worker.activitySid);
  }
}

/**
 * Our choice: refused while a task is assigned to the worker. Pending reservations are canceled and their tasks offered
 * again. Tasks that only this worker may be offered (RoutingTarget) are canceled; those in transfer go back.
 */
export function deleteWorker(context: CommandContext, command: DeleteWorker): undefined {
  const worker = subject(context, command, 'workers', command.workerSid);
  refuseAssigned(context, worker);
  for (const reservation of context.load.ofWorker(worker.sid)) {
    if (reservation.status === 'pending') cancelOffer(context, reservation);
  }
  for (const task of context.tasksInUse.routedToWorker(worker.sid))
    if (task.status === 'pending') giveUp(context, task, worker);
  for (const call of [...context.state.all('calls', worker.workspaceSid)]) {
    if (call.workerSid === worker.sid) context.state.put('calls', { ...call, workerSid: null });
  }
  for (const channel of context.load.channels(worker.sid))
    context.state.remove('workerChannels', channel.sid);
  context.recordWorkerEvent(
    'worker.deleted',
    context.state.get('workers', worker.sid),
    `Worker ${worker.friendlyName} deleted`,
  );
  context.state.remove('workers', worker.sid);
}

function giveUp(context: CommandContext, task: Task, { sid }: Worker): void {
  if (task.transferSid === null) cancelTask(context, task, notAvailable(sid));
  else failTransfer(context, task);
}

/** @throws ResourceInUse if a task is assigned to the worker, or in wrap-up */
function refuseAssigned(context: CommandContext, worker: Worker): void {
  for (const { status, taskSid } of context.load.ofWorker(worker.sid)) {
    if (status !== 'accepted' && status !== 'wrapping') continue;
    throw new ResourceInUse(
      `Cannot delete Worker ${worker.sid} because Task ${taskSid} is assigned to it: complete the Task first`,
    );
  }
}

/** https://www.twilio.com/docs/taskrouter/api/worker-channel: Capacity 0 or Available=false stops offers. */
export function updateWorkerChannel(context: CommandContext, command: UpdateWorkerChannel): WorkerChannel {
  const before = subject(context, command, 'workerChannels', command.workerChannelSid);
  const { capacity = before.configuredCapacity, available = before.available } = command;
  checkRange('Capacity', capacity, limits.workerChannelCapacity);
  if (capacity === before.configuredCapacity && available === before.available) return before;
  const channel = context.state.put('workerChannels', {
    ...before,
    configuredCapacity: capacity,
    available,
    dateUpdated: context.now,
  });
  const record = (type: EventType, what: string) => recordChannelEvent(context, type, what, channel, before);
  if (channel.configuredCapacity !== before.configuredCapacity) record('worker.capacity.update', 'capacity');
  if (channel.available !== before.available) record('worker.channel.availability.update', 'availability');
  return channel;
}

/** Each event counts as a change of the worker (seen: the worker SDK adds one to its version at each). */
function recordChannelEvent(
  context: CommandContext,
  type: EventType,
  what: string,
  channel: WorkerChannel,
  before: WorkerChannel,
): void {
  const worker = context.changeWorker({ ...context.state.get('workers', channel.workerSid) });
  const fields = workerChannelFields(context.state, context.load, channel, before.configuredCapacity);
  context.recordWorkerEvent(type, worker, `Worker ${worker.friendlyName} ${what} updated`, fields, channel);
}

function checkName(context: CommandContext, workspaceSid: string, name: string, ownSid?: string): void {
  checkFriendlyName(name);
  checkUniqueName(context, 'workers', 'Worker', workspaceSid, name, ownSid);
}
