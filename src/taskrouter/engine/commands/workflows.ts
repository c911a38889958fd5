import { limits } from '../../../common/limits';
import { workflowFindings } from '../../../lint/workflow-findings';
import type { CreateWorkflow, DeleteWorkflow, UpdateWorkflow } from '../../model/commands';
import type { Workflow } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { workflowFields } from '../event-fields';
import { recordFindings } from '../rules/record-findings';
import { routeAgain } from '../rules/routing';
import { isFinished } from '../rules/transitions';
import { parseWorkflowConfiguration } from '../rules/workflow-configuration';
import { checkNamed, checkRange, subject, workspaceOf } from './lookups';

/** https://www.twilio.com/docs/taskrouter/api/workflow */
export function createWorkflow(context: CommandContext, command: CreateWorkflow): Workflow {
  const workspace = workspaceOf(context, command);
  checkNamed(command.friendlyName);
  checkTimeout(command.taskReservationTimeoutSeconds);
  checkConfiguration(context, workspace.sid, command.configuration);
  const created = context.created(sidPrefix.workflow, command.friendlyName);
  const workflow = context.state.put('workflows', {
    ...created,
    workspaceSid: workspace.sid,
    friendlyName: command.friendlyName,
    versionSid: addVersion(context, workspace.sid, created.sid, command.configuration),
    assignmentCallbackUrl: command.assignmentCallbackUrl || null,
    fallbackAssignmentCallbackUrl: command.fallbackAssignmentCallbackUrl || null,
    taskReservationTimeoutSeconds:
      command.taskReservationTimeoutSeconds ?? limits.taskReservationTimeoutSeconds.default,
  });
  recordWorkflowEvent(context, 'workflow.created', workflow);
  recordConfigurationFindings(context, workflow);
  return workflow;
}

/** Tasks keep the version they entered with, unless ReEvaluateTasks sends them through the new one. */
export function updateWorkflow(context: CommandContext, command: UpdateWorkflow): Workflow {
  const workflow = subject(context, command, 'workflows', command.workflowSid);
  const { friendlyName, configuration } = command;
  if (friendlyName !== undefined) checkNamed(friendlyName);
  checkTimeout(command.taskReservationTimeoutSeconds);
  if (configuration !== undefined) checkConfiguration(context, workflow.workspaceSid, configuration);
  const updated = context.state.put('workflows', {
    ...workflow,
    friendlyName: friendlyName ?? workflow.friendlyName,
    versionSid: newVersion(context, workflow, configuration),
    assignmentCallbackUrl: urlAfter(workflow.assignmentCallbackUrl, command.assignmentCallbackUrl),
    fallbackAssignmentCallbackUrl: urlAfter(
      workflow.fallbackAssignmentCallbackUrl,
      command.fallbackAssignmentCallbackUrl,
    ),
    taskReservationTimeoutSeconds:
      command.taskReservationTimeoutSeconds ?? workflow.taskReservationTimeoutSeconds,
    dateUpdated: context.now,
  });
  recordWorkflowEvent(context, 'workflow.updated', updated);
  if (updated.versionSid !== workflow.versionSid) recordConfigurationFindings(context, updated);
  if (command.reEvaluateTasks) reEvaluate(context, updated);
  return updated;
}

/** Our choice: refused while the workflow has unfinished tasks. Finished ones no longer name it. */
export function deleteWorkflow(context: CommandContext, command: DeleteWorkflow): undefined {
  const workflow = subject(context, command, 'workflows', command.workflowSid);
  if (context.tasksInUse.has(workflow.sid)) throw inUse(context, workflow);
  context.state.remove('workflows', workflow.sid);
  recordWorkflowEvent(context, 'workflow.deleted', workflow);
}

function inUse(context: CommandContext, { sid, workspaceSid }: Workflow): ResourceInUse {
  for (const task of context.state.all('tasks', workspaceSid)) {
    if (task.workflowSid !== sid || isFinished(task.status)) continue;
    return new ResourceInUse(
      `Cannot delete Workflow ${sid} because Task ${task.sid} is ${task.status} in it`,
    );
  }
  throw new Error(`no task is in Workflow ${sid}, but its count says so`);
}

/** Pending tasks start again with new timeouts; reserved ones do so once they are pending again. */
function reEvaluate(context: CommandContext, workflow: Workflow): void {
  for (const task of [...context.state.all('tasks', workflow.workspaceSid)]) {
    if (task.workflowSid !== workflow.sid) continue;
    if (task.status === 'pending') routeAgain(context, task, 'workflow');
    else if (task.status === 'reserved') context.state.put('tasks', { ...task, routeAgain: 'workflow' });
  }
}

function addVersion(
  context: CommandContext,
  workspaceSid: string,
  workflowSid: string,
  configuration: string,
): string {
  const dated = context.dated();
  const sid = `${workflowSid}.${dated.sequence}`;
  return context.state.put('workflowVersions', { ...dated, sid, workspaceSid, workflowSid, configuration })
    .sid;
}

function newVersion(context: CommandContext, workflow: Workflow, configuration: string | undefined): string {
  const present = context.state.get('workflowVersions', workflow.versionSid).configuration;
  if (configuration === undefined || configuration === present) return workflow.versionSid;
  return addVersion(context, workflow.workspaceSid, workflow.sid, configuration);
}

/** An empty URL removes the present one. */
function urlAfter(present: string | null, url: string | undefined): string | null {
  return url === undefined ? present : url || null;
}

function checkTimeout(seconds: number | undefined): void {
  if (seconds !== undefined)
    checkRange('TaskReservationTimeout', seconds, limits.taskReservationTimeoutSeconds);
}

function checkConfiguration(context: CommandContext, workspaceSid: string, configuration: string): void {
  for (const sid of parseWorkflowConfiguration(configuration).taskQueueSids) {
    if (context.state.find('taskQueues', sid)?.workspaceSid !== workspaceSid) {
      throw new InvalidParameter(`Invalid Configuration: TaskQueue ${sid} does not exist in this Workspace`);
    }
  }
}

function recordConfigurationFindings(context: CommandContext, workflow: Workflow): void {
  const { configuration } = context.state.get('workflowVersions', workflow.versionSid);
  recordFindings(context, workflow, 'Configuration', workflowFindings(JSON.parse(configuration)));
}

function recordWorkflowEvent(context: CommandContext, type: EventType, workflow: Workflow): void {
  context.recordEvent({
    type,
    workspaceSid: workflow.workspaceSid,
    resourceType: 'workflow',
    resourceSid: workflow.sid,
    description: `Workflow ${workflow.friendlyName} ${type.slice('workflow.'.length)}`,
    fields: workflowFields(workflow),
  });
}
