import { builtInTaskChannels } from '../../../common/built-in-task-channels';
import type { CreateWorkspace, DeleteWorkspace, UpdateWorkspace } from '../../model/commands';
import type { Workspace } from '../../model/entities';
import { tableNames } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { addActivity } from './activities';
import { checkFriendlyName, given, named, workspaceOf } from './lookups';
import { addTaskChannel } from './task-channels';
import { createTaskQueue } from './task-queues';
import { createWorkflow } from './workflows';

/**
 * The activities of a new workspace. Single-tasking ones can be made only here, so they get the activities that the
 * service gave to the workspaces of that time (our choice).
 */
const builtInActivities = {
  multitasking: { Offline: false, Unavailable: false, Available: true },
  singleTasking: { Offline: false, Idle: true, Busy: false, Reserved: false },
};

export function createWorkspace(turn: CommandContext, command: CreateWorkspace): Workspace {
  checkFriendlyName(command.friendlyName);
  const multiTaskEnabled = command.multiTaskEnabled ?? true;
  const bare = turn.state.put('workspaces', {
    ...turn.created(sidPrefix.workspace, command.friendlyName),
    friendlyName: command.friendlyName,
    eventCallbackUrl: command.eventCallbackUrl ?? '',
    eventsFilter: command.eventsFilter || null,
    multiTaskEnabled,
    prioritizeQueueOrder: command.prioritizeQueueOrder ?? 'FIFO',
    defaultActivitySid: '',
    timeoutActivitySid: '',
  });
  workspaceEvent(turn, 'workspace.created', bare);
  const names = multiTaskEnabled ? builtInActivities.multitasking : builtInActivities.singleTasking;
  const activities = Object.entries(names).map(([name, available]) =>
    addActivity(turn, bare.sid, name, available),
  );
  const offline = activities[0]?.sid ?? '';
  const workspace = turn.state.put('workspaces', {
    ...bare,
    defaultActivitySid: offline,
    timeoutActivitySid: offline,
  });
  for (const name of builtInTaskChannels) addTaskChannel(turn, bare.sid, name, name, false);
  if (command.template === 'FIFO') addFifoTemplate(turn, workspace);
  return workspace;
}

/** What the FIFO template makes (seen). */
function addFifoTemplate(turn: CommandContext, { sid: workspaceSid }: Workspace): void {
  const queue = createTaskQueue(turn, {
    type: 'CreateTaskQueue',
    workspaceSid,
    friendlyName: 'Sample Queue',
  });
  createWorkflow(turn, {
    type: 'CreateWorkflow',
    workspaceSid,
    friendlyName: 'Default Fifo Workflow',
    configuration: JSON.stringify({ task_routing: { filters: [], default_filter: { queue: queue.sid } } }),
  });
}

export function updateWorkspace(turn: CommandContext, command: UpdateWorkspace): Workspace {
  const workspace = workspaceOf(turn, command);
  if (command.friendlyName !== undefined) checkFriendlyName(command.friendlyName);
  if (workspace.multiTaskEnabled && command.multiTaskEnabled === false) {
    throw new InvalidParameter('MultiTaskEnabled cannot be changed back to false once it is true');
  }
  for (const [parameter, sid] of [
    ['DefaultActivitySid', command.defaultActivitySid],
    ['TimeoutActivitySid', command.timeoutActivitySid],
  ] as const) {
    if (sid !== undefined) named(turn, workspace.sid, 'activities', parameter, sid);
  }
  const updated = turn.state.put('workspaces', {
    ...workspace,
    ...given({
      friendlyName: command.friendlyName,
      eventCallbackUrl: command.eventCallbackUrl,
      multiTaskEnabled: command.multiTaskEnabled,
      prioritizeQueueOrder: command.prioritizeQueueOrder,
      defaultActivitySid: command.defaultActivitySid,
      timeoutActivitySid: command.timeoutActivitySid,
    }),
    ...(command.eventsFilter !== undefined && { eventsFilter: command.eventsFilter || null }),
    dateUpdated: turn.now,
  });
  workspaceEvent(turn, 'workspace.updated', updated);
  return updated;
}

/** Everything inside goes with it. */
export function deleteWorkspace(turn: CommandContext, command: DeleteWorkspace): undefined {
  const workspace = workspaceOf(turn, command);
  for (const table of [...tableNames].reverse()) {
    if (table === 'workspaces') continue;
    for (const { sid } of [...turn.state.all(table, workspace.sid)]) turn.state.remove(table, sid);
  }
  workspaceEvent(turn, 'workspace.deleted', workspace);
  turn.state.remove('workspaces', workspace.sid);
}

function workspaceEvent(turn: CommandContext, type: EventType, workspace: Workspace): void {
  turn.emit({
    type,
    workspaceSid: workspace.sid,
    resourceType: 'workspace',
    resourceSid: workspace.sid,
    description: `Workspace ${workspace.friendlyName} ${type.slice('workspace.'.length)}`,
    fields: {},
  });
}
