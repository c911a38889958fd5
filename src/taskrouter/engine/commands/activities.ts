import { limits } from '../../../common/limits';
import type { CreateActivity, DeleteActivity, UpdateActivity } from '../../model/commands';
import type { Activity } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { activityFields } from '../event-fields';
import { checkFriendlyName, checkUniqueName, subject, workspaceOf } from './lookups';

const noun = 'Activity';

/** https://www.twilio.com/docs/taskrouter/api/activity; not available by default (our choice). */
export function createActivity(context: CommandContext, command: CreateActivity): Activity {
  const workspace = workspaceOf(context, command);
  checkFriendlyName(command.friendlyName);
  checkUniqueName(context, 'activities', noun, workspace.sid, command.friendlyName);
  if (context.state.table('activities').count(workspace.sid) >= limits.activitiesPerWorkspace) {
    throw new InvalidParameter(`A Workspace can have at most ${limits.activitiesPerWorkspace} Activities`);
  }
  return addActivity(context, workspace.sid, command.friendlyName, command.available ?? false);
}

export function addActivity(
  context: CommandContext,
  workspaceSid: string,
  friendlyName: string,
  available: boolean,
): Activity {
  const activity = context.state.put('activities', {
    ...context.created(sidPrefix.activity, friendlyName),
    workspaceSid,
    friendlyName,
    available,
  });
  recordActivityEvent(context, 'activity.created', activity);
  return activity;
}

/** The availability cannot be changed; a request to do so changes nothing (seen). */
export function updateActivity(context: CommandContext, command: UpdateActivity): Activity {
  const activity = subject(context, command, 'activities', command.activitySid);
  const { friendlyName } = command;
  if (friendlyName === undefined) return activity;
  checkFriendlyName(friendlyName);
  checkUniqueName(context, 'activities', noun, activity.workspaceSid, friendlyName, activity.sid);
  const updated = context.state.put('activities', { ...activity, friendlyName, dateUpdated: context.now });
  recordActivityEvent(context, 'activity.updated', updated);
  return updated;
}

export function deleteActivity(context: CommandContext, command: DeleteActivity): undefined {
  const activity = subject(context, command, 'activities', command.activitySid);
  const use = useOf(context, activity);
  if (use) throw new ResourceInUse(`Cannot delete Activity ${activity.sid} because it is ${use}`);
  context.state.remove('activities', activity.sid);
  recordActivityEvent(context, 'activity.deleted', activity);
}

/** Our choice of what counts as use: by workers, offers that may restore it, queues, and the workspace's two settings. */
function useOf(context: CommandContext, { sid, workspaceSid }: Activity): string | null {
  const workspace = context.state.get('workspaces', workspaceSid);
  if (workspace.defaultActivitySid === sid) return 'the default activity of its Workspace';
  if (workspace.timeoutActivitySid === sid) return 'the timeout activity of its Workspace';
  for (const worker of context.state.all('workers', workspaceSid)) {
    if (worker.activitySid === sid) return `the activity of Worker ${worker.sid}`;
  }
  for (const reservation of context.state.all('reservations', workspaceSid)) {
    if (reservation.status === 'pending' && reservation.workerPreviousActivitySid === sid) {
      return `the activity that Reservation ${reservation.sid} may return its Worker to`;
    }
  }
  for (const queue of context.state.all('taskQueues', workspaceSid)) {
    if (queue.reservationActivitySid === sid || queue.assignmentActivitySid === sid) {
      return `used by TaskQueue ${queue.sid}`;
    }
  }
  return null;
}

function recordActivityEvent(context: CommandContext, type: EventType, activity: Activity): void {
  context.recordEvent({
    type,
    workspaceSid: activity.workspaceSid,
    resourceType: 'activity',
    resourceSid: activity.sid,
    description: `Activity ${activity.friendlyName} ${type.slice('activity.'.length)}`,
    fields: activityFields(activity),
  });
}
