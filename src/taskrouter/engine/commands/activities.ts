import type { CreateActivity, DeleteActivity, UpdateActivity } from '../../model/commands';
import type { Activity } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { activityFields } from '../event-fields';
import { limits } from '../limits';
import { checkFriendlyName, checkUniqueName, subject, workspaceOf } from './lookups';

const noun = 'Activity';

/** https://www.twilio.com/docs/taskrouter/api/activity; not available unless asked for (our choice). */
export function createActivity(turn: CommandContext, command: CreateActivity): Activity {
  const workspace = workspaceOf(turn, command);
  checkFriendlyName(command.friendlyName);
  checkUniqueName(turn, 'activities', noun, workspace.sid, command.friendlyName);
  if (turn.state.table('activities').count(workspace.sid) >= limits.activitiesPerWorkspace) {
    throw new InvalidParameter(`A Workspace can have at most ${limits.activitiesPerWorkspace} Activities`);
  }
  return addActivity(turn, workspace.sid, command.friendlyName, command.available ?? false);
}

export function addActivity(
  turn: CommandContext,
  workspaceSid: string,
  friendlyName: string,
  available: boolean,
): Activity {
  const activity = turn.state.put('activities', {
    ...turn.created(sidPrefix.activity, friendlyName),
    workspaceSid,
    friendlyName,
    available,
  });
  activityEvent(turn, 'activity.created', activity);
  return activity;
}

/** Its availability cannot be changed; asking for it changes nothing (seen). */
export function updateActivity(turn: CommandContext, command: UpdateActivity): Activity {
  const activity = subject(turn, command, 'activities', command.activitySid);
  const { friendlyName } = command;
  if (friendlyName === undefined) return activity;
  checkFriendlyName(friendlyName);
  checkUniqueName(turn, 'activities', noun, activity.workspaceSid, friendlyName, activity.sid);
  const updated = turn.state.put('activities', { ...activity, friendlyName, dateUpdated: turn.now });
  activityEvent(turn, 'activity.updated', updated);
  return updated;
}

export function deleteActivity(turn: CommandContext, command: DeleteActivity): undefined {
  const activity = subject(turn, command, 'activities', command.activitySid);
  const use = useOf(turn, activity);
  if (use) throw new ResourceInUse(`Cannot delete Activity ${activity.sid} because it is ${use}`);
  turn.state.remove('activities', activity.sid);
  activityEvent(turn, 'activity.deleted', activity);
}

/** Our choice of what counts as use: workers, also those that an offer may put back, queues, the workspace's two. */
function useOf(turn: CommandContext, { sid, workspaceSid }: Activity): string | null {
  const workspace = turn.state.get('workspaces', workspaceSid);
  if (workspace.defaultActivitySid === sid) return 'the default activity of its Workspace';
  if (workspace.timeoutActivitySid === sid) return 'the timeout activity of its Workspace';
  for (const worker of turn.state.all('workers', workspaceSid)) {
    if (worker.activitySid === sid) return `the activity of Worker ${worker.sid}`;
  }
  for (const reservation of turn.state.all('reservations', workspaceSid)) {
    if (reservation.status === 'pending' && reservation.workerPreviousActivitySid === sid) {
      return `the activity that Reservation ${reservation.sid} may put its Worker back to`;
    }
  }
  for (const queue of turn.state.all('taskQueues', workspaceSid)) {
    if (queue.reservationActivitySid === sid || queue.assignmentActivitySid === sid) {
      return `used by TaskQueue ${queue.sid}`;
    }
  }
  return null;
}

function activityEvent(turn: CommandContext, type: EventType, activity: Activity): void {
  turn.emit({
    type,
    workspaceSid: activity.workspaceSid,
    resourceType: 'activity',
    resourceSid: activity.sid,
    description: `Activity ${activity.friendlyName} ${type.slice('activity.'.length)}`,
    fields: activityFields(activity),
  });
}
