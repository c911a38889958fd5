import type { CreateWorker, DeleteWorker, UpdateWorker, UpdateWorkerChannel } from '../../model/commands';
import type { Worker, WorkerChannel } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { workerChannelFields } from '../event-fields';
import { limits } from '../limits';
import { cancelOffer, rejectReservation } from '../rules/reservation-lifecycle';
import { activityPatch } from '../rules/worker-activity';
import {
  checkFriendlyName,
  checkRange,
  checkUniqueName,
  checkVersion,
  named,
  subject,
  workspaceOf,
} from './lookups';
import { addWorkerChannel } from './task-channels';

const noAttributes = { text: '{}', value: {} };

/** https://www.twilio.com/docs/taskrouter/api/worker */
export function createWorker(turn: CommandContext, command: CreateWorker): Worker {
  const workspace = workspaceOf(turn, command);
  checkName(turn, workspace.sid, command.friendlyName);
  if (command.activitySid !== undefined)
    named(turn, workspace.sid, 'activities', 'ActivitySid', command.activitySid);
  if (turn.state.table('workers').count(workspace.sid) >= limits.workersPerWorkspace) {
    throw new InvalidParameter(`A Workspace can have at most ${limits.workersPerWorkspace} Workers`);
  }
  const worker = turn.state.put('workers', {
    ...turn.created(sidPrefix.worker, command.friendlyName),
    workspaceSid: workspace.sid,
    friendlyName: command.friendlyName,
    activitySid: command.activitySid ?? workspace.defaultActivitySid,
    attributes: command.attributes ?? noAttributes,
    dateStatusChanged: turn.now,
    availableSince: turn.now,
    lastReservedTime: null,
    version: 0,
  });
  for (const channel of turn.state.all('taskChannels', workspace.sid))
    addWorkerChannel(turn, worker, channel);
  turn.workerEvent('worker.created', worker, `Worker ${worker.friendlyName} created`);
  return worker;
}

/** An update that leaves everything as it was leaves the version as it was (seen). */
export function updateWorker(turn: CommandContext, command: UpdateWorker): Worker {
  const before = subject(turn, command, 'workers', command.workerSid);
  checkVersion(before, command.ifMatch);
  const { friendlyName } = command;
  if (friendlyName !== undefined) checkName(turn, before.workspaceSid, friendlyName, before.sid);
  checkActivity(turn, before, command);
  const patch = patchOf(turn, before, command);
  const worker = Object.keys(patch).length === 0 ? before : turn.changeWorker(before, patch);
  if (patch.attributes || patch.friendlyName !== undefined) {
    turn.workerEvent('worker.attributes.update', worker, `Worker ${worker.friendlyName} attributes updated`);
  }
  if (patch.activitySid) turn.activityChanged(worker, before);
  if (command.rejectPendingReservations) rejectPending(turn, worker);
  return turn.state.get('workers', worker.sid);
}

function patchOf(turn: CommandContext, worker: Worker, command: UpdateWorker): Partial<Worker> {
  const { friendlyName, attributes, activitySid } = command;
  return {
    ...(friendlyName !== undefined && friendlyName !== worker.friendlyName && { friendlyName }),
    ...(attributes && attributes.text !== worker.attributes.text && { attributes }),
    ...(activitySid !== undefined &&
      activitySid !== worker.activitySid &&
      activityPatch(turn, worker, activitySid)),
  };
}

/** RejectPendingReservations goes only with an unavailable activity. */
function checkActivity(turn: CommandContext, worker: Worker, command: UpdateWorker): void {
  const { activitySid, rejectPendingReservations } = command;
  if (activitySid !== undefined) named(turn, worker.workspaceSid, 'activities', 'ActivitySid', activitySid);
  if (!rejectPendingReservations) return;
  if (activitySid === undefined || turn.state.get('activities', activitySid).available) {
    throw new InvalidParameter(
      'RejectPendingReservations is only allowed together with an ActivitySid that is not available',
    );
  }
}

/** They stay in the activity just asked for. Our choice: unless asked for, pending reservations stay pending. */
function rejectPending(turn: CommandContext, worker: Worker): void {
  for (const reservation of turn.load.ofWorker(worker.sid)) {
    if (reservation.status === 'pending') rejectReservation(turn, reservation, worker.activitySid);
  }
}

/** Our choice: offers are taken back and the tasks routed again; work under way stays on record. */
export function deleteWorker(turn: CommandContext, command: DeleteWorker): undefined {
  const worker = subject(turn, command, 'workers', command.workerSid);
  checkVersion(worker, command.ifMatch);
  for (const reservation of turn.load.ofWorker(worker.sid)) {
    if (reservation.status === 'pending') cancelOffer(turn, reservation);
  }
  for (const channel of turn.load.channels(worker.sid)) turn.state.remove('workerChannels', channel.sid);
  turn.workerEvent(
    'worker.deleted',
    turn.state.get('workers', worker.sid),
    `Worker ${worker.friendlyName} deleted`,
  );
  turn.state.remove('workers', worker.sid);
}

/** https://www.twilio.com/docs/taskrouter/api/worker-channel: capacity 0 or Available=false stops offers. */
export function updateWorkerChannel(turn: CommandContext, command: UpdateWorkerChannel): WorkerChannel {
  const before = subject(turn, command, 'workerChannels', command.workerChannelSid);
  const { capacity = before.configuredCapacity, available = before.available } = command;
  checkRange('Capacity', capacity, limits.workerChannelCapacity);
  if (capacity === before.configuredCapacity && available === before.available) return before;
  const channel = turn.state.put('workerChannels', {
    ...before,
    configuredCapacity: capacity,
    available,
    dateUpdated: turn.now,
  });
  const worker = turn.changeWorker(turn.state.get('workers', channel.workerSid), {});
  const fields = workerChannelFields(turn.state, turn.load, channel, before.configuredCapacity);
  const name = worker.friendlyName;
  if (channel.configuredCapacity !== before.configuredCapacity) {
    turn.workerEvent('worker.capacity.update', worker, `Worker ${name} capacity updated`, fields);
  }
  if (channel.available !== before.available) {
    turn.workerEvent(
      'worker.channel.availability.update',
      worker,
      `Worker ${name} availability updated`,
      fields,
    );
  }
  return channel;
}

function checkName(turn: CommandContext, workspaceSid: string, name: string, ownSid?: string): void {
  checkFriendlyName(name);
  checkUniqueName(turn, 'workers', 'Worker', workspaceSid, name, ownSid);
}
