import type { CreateWorkflow, DeleteWorkflow, UpdateWorkflow } from '../../model/commands';
import type { Workflow } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { workflowFields } from '../event-fields';
import { limits } from '../limits';
import { routeAgain } from '../rules/routing';
import { parseWorkflowConfiguration } from '../rules/workflow-configuration';
import { checkNamed, checkRange, subject, workspaceOf } from './lookups';

/** https://www.twilio.com/docs/taskrouter/api/workflow */
export function createWorkflow(turn: CommandContext, command: CreateWorkflow): Workflow {
  const workspace = workspaceOf(turn, command);
  checkNamed(command.friendlyName);
  checkTimeout(command.taskReservationTimeoutSeconds);
  checkConfiguration(turn, workspace.sid, command.configuration);
  const created = turn.created(sidPrefix.workflow, command.friendlyName);
  const workflow = turn.state.put('workflows', {
    ...created,
    workspaceSid: workspace.sid,
    friendlyName: command.friendlyName,
    versionSid: addVersion(turn, workspace.sid, created.sid, command.configuration),
    assignmentCallbackUrl: command.assignmentCallbackUrl || null,
    fallbackAssignmentCallbackUrl: command.fallbackAssignmentCallbackUrl || null,
    taskReservationTimeoutSeconds:
      command.taskReservationTimeoutSeconds ?? limits.taskReservationTimeoutSeconds.default,
  });
  workflowEvent(turn, 'workflow.created', workflow);
  return workflow;
}

/** Tasks inside go on by the version they entered with, unless ReEvaluateTasks sends them through the new one. */
export function updateWorkflow(turn: CommandContext, command: UpdateWorkflow): Workflow {
  const workflow = subject(turn, command, 'workflows', command.workflowSid);
  const { friendlyName, configuration } = command;
  if (friendlyName !== undefined) checkNamed(friendlyName);
  checkTimeout(command.taskReservationTimeoutSeconds);
  if (configuration !== undefined) checkConfiguration(turn, workflow.workspaceSid, configuration);
  const updated = turn.state.put('workflows', {
    ...workflow,
    friendlyName: friendlyName ?? workflow.friendlyName,
    versionSid: newVersion(turn, workflow, configuration),
    assignmentCallbackUrl: urlAfter(workflow.assignmentCallbackUrl, command.assignmentCallbackUrl),
    fallbackAssignmentCallbackUrl: urlAfter(
      workflow.fallbackAssignmentCallbackUrl,
      command.fallbackAssignmentCallbackUrl,
    ),
    taskReservationTimeoutSeconds:
      command.taskReservationTimeoutSeconds ?? workflow.taskReservationTimeoutSeconds,
    dateUpdated: turn.now,
  });
  workflowEvent(turn, 'workflow.updated', updated);
  if (command.reEvaluateTasks) reEvaluate(turn, updated);
  return updated;
}

/** Our choice: refused while tasks wait in it. */
export function deleteWorkflow(turn: CommandContext, command: DeleteWorkflow): undefined {
  const workflow = subject(turn, command, 'workflows', command.workflowSid);
  for (const task of turn.state.all('tasks', workflow.workspaceSid)) {
    if (task.workflowSid === workflow.sid && (task.status === 'pending' || task.status === 'reserved')) {
      throw new ResourceInUse(
        `Cannot delete Workflow ${workflow.sid} because Task ${task.sid} is ${task.status} in it`,
      );
    }
  }
  turn.state.remove('workflows', workflow.sid);
  workflowEvent(turn, 'workflow.deleted', workflow);
}

/** Pending tasks start again with fresh clocks; reserved ones do so once they are pending again. */
function reEvaluate(turn: CommandContext, workflow: Workflow): void {
  for (const task of [...turn.state.all('tasks', workflow.workspaceSid)]) {
    if (task.workflowSid !== workflow.sid) continue;
    if (task.status === 'pending') routeAgain(turn, task, 'workflow');
    else if (task.status === 'reserved') turn.state.put('tasks', { ...task, routeAgain: 'workflow' });
  }
}

function addVersion(
  turn: CommandContext,
  workspaceSid: string,
  workflowSid: string,
  configuration: string,
): string {
  const dated = turn.dated();
  const sid = `${workflowSid}.${dated.sequence}`;
  return turn.state.put('workflowVersions', { ...dated, sid, workspaceSid, workflowSid, configuration }).sid;
}

function newVersion(turn: CommandContext, workflow: Workflow, configuration: string | undefined): string {
  const present = turn.state.get('workflowVersions', workflow.versionSid).configuration;
  if (configuration === undefined || configuration === present) return workflow.versionSid;
  return addVersion(turn, workflow.workspaceSid, workflow.sid, configuration);
}

/** An empty URL takes the present one away. */
function urlAfter(present: string | null, url: string | undefined): string | null {
  return url === undefined ? present : url || null;
}

function checkTimeout(seconds: number | undefined): void {
  if (seconds !== undefined)
    checkRange('TaskReservationTimeout', seconds, limits.taskReservationTimeoutSeconds);
}

function checkConfiguration(turn: CommandContext, workspaceSid: string, configuration: string): void {
  for (const sid of parseWorkflowConfiguration(configuration).taskQueueSids) {
    if (turn.state.find('taskQueues', sid)?.workspaceSid !== workspaceSid) {
      throw new InvalidParameter(`Invalid Configuration: TaskQueue ${sid} does not exist in this Workspace`);
    }
  }
}

function workflowEvent(turn: CommandContext, type: EventType, workflow: Workflow): void {
  turn.emit({
    type,
    workspaceSid: workflow.workspaceSid,
    resourceType: 'workflow',
    resourceSid: workflow.sid,
    description: `Workflow ${workflow.friendlyName} ${type.slice('workflow.'.length)}`,
    fields: workflowFields(workflow),
  });
}
