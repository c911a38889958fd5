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
 * The activities of a new workspace. A single-tasking workspace can be created only here; it gets the activities that
 * Twilio gave workspaces when it still created such ones (our choice).
 */
const builtInActivities = {
  multitasking: { Offline: false, Unavailable: false, Available: true },
  singleTasking: { Offline: false, Idle: true, Busy: false, Reserved: false },
};

export function createWorkspace(context: CommandContext, command: CreateWorkspace): Workspace {
  checkFriendlyName(command.friendlyName);
  const multiTaskEnabled = command.multiTaskEnabled ?? true;
  const bare = context.state.put('workspaces', {
    ...context.created(sidPrefix.workspace, command.friendlyName),
    friendlyName: command.friendlyName,
    eventCallbackUrl: command.eventCallbackUrl ?? '',
    eventsFilter: command.eventsFilter || null,
    multiTaskEnabled,
    prioritizeQueueOrder: command.prioritizeQueueOrder ?? 'FIFO',
    defaultActivitySid: '',
    timeoutActivitySid: '',
  });
  recordWorkspaceEvent(context, 'workspace.created', bare);
  const names = multiTaskEnabled ? builtInActivities.multitasking : builtInActivities.singleTasking;
  const activities = Object.entries(names).map(([name, available]) =>
    addActivity(context, bare.sid, name, available),
  );
  const offline = activities[0]?.sid ?? '';
  const workspace = context.state.put('workspaces', {
    ...bare,
    defaultActivitySid: offline,
    timeoutActivitySid: offline,
  });
  for (const name of builtInTaskChannels) addTaskChannel(context, bare.sid, name, name, false);
  if (command.template === 'FIFO') addFifoTemplate(context, workspace);
  return workspace;
}

/** Creates what the FIFO template contains (seen). */
function addFifoTemplate(context: CommandContext, { sid: workspaceSid }: Workspace): void {
  const queue = createTaskQueue(context, {
    type: 'CreateTaskQueue',
    workspaceSid,
    friendlyName: 'Sample Queue',
  });
  createWorkflow(context, {
    type: 'CreateWorkflow',
    workspaceSid,
    friendlyName: 'Default Fifo Workflow',
    configuration: JSON.stringify({ task_routing: { filters: [], default_filter: { queue: queue.sid } } }),
  });
}

export function updateWorkspace(context: CommandContext, command: UpdateWorkspace): Workspace {
  const workspace = workspaceOf(context, command);
  if (command.friendlyName !== undefined) checkFriendlyName(command.friendlyName);
  if (workspace.multiTaskEnabled && command.multiTaskEnabled === false) {
    throw new InvalidParameter('MultiTaskEnabled cannot be changed from true to false');
  }
  for (const [parameter, sid] of [
    ['DefaultActivitySid', command.defaultActivitySid],
    ['TimeoutActivitySid', command.timeoutActivitySid],
  ] as const) {
    if (sid !== undefined) named(context, workspace.sid, 'activities', parameter, sid);
  }
  const updated = context.state.put('workspaces', {
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
    dateUpdated: context.now,
  });
  recordWorkspaceEvent(context, 'workspace.updated', updated);
  return updated;
}

/** Deletes everything in the workspace, too. */
export function deleteWorkspace(context: CommandContext, command: DeleteWorkspace): undefined {
  const workspace = workspaceOf(context, command);
  for (const table of [...tableNames].reverse()) {
    if (table === 'workspaces') continue;
    for (const { sid } of [...context.state.all(table, workspace.sid)]) context.state.remove(table, sid);
  }
  recordWorkspaceEvent(context, 'workspace.deleted', workspace);
  context.state.remove('workspaces', workspace.sid);
}

function recordWorkspaceEvent(context: CommandContext, type: EventType, workspace: Workspace): void {
  context.recordEvent({
    type,
    workspaceSid: workspace.sid,
    resourceType: 'workspace',
    resourceSid: workspace.sid,
    description: `Workspace ${workspace.friendlyName} ${type.slice('workspace.'.length)}`,
    fields: {},
  });
}
