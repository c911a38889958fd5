import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { FunctionsClient } from '../functions/functions-client';
import type { DeployTime } from '../poll-until';
import { awaitAcceptance } from './await-acceptance';
import { callFunction } from './call-function';
import type { Checks } from './checks';
import { findActivity, type ProofObjects } from './objects';
import { ProofFailed } from './proof-failed';
import type { ProofName } from './proof-name';
import { retire } from './removal';

/** What the lifecycle of the proof's task needs. */
export interface TaskNeeds {
  readonly workspace: WorkspaceContext;
  readonly functions: FunctionsClient;
  readonly name: ProofName;
  readonly objects: ProofObjects;
  readonly time: DeployTime;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a task from created to completed. The worker is available no longer than that takes.
 * @throws ProofFailed or DeploymentFailed at the stage that is not reached
 */
export async function takeTask(needs: TaskNeeds, checks: Checks): Promise<void> {
  const taskSid = await checks.run(
    'Task created',
    () => createTask(needs),
    (sid) => `${sid} by /create-task`,
  );
  await assign(needs, checks, taskSid);
  for (const [stage, path, status] of [
    ['Task wrapping', '/wrap-up-task', 'wrapping'],
    ['Task completed', '/complete-task', 'completed'],
  ] as const) {
    await checks.run(
      stage,
      () => moveTask(needs.functions, path, taskSid, status),
      () => `by ${path}`,
    );
  }
  await checks.run(
    'Events',
    () => needs.workspace.events.list({ taskSid, pageSize: 100 }),
    (events) => describeEvents(events.map(({ eventType }) => eventType)),
  );
}

async function assign(
  { workspace, objects: { workerSid }, time, signal }: TaskNeeds,
  checks: Checks,
  taskSid: string,
): Promise<void> {
  try {
    await checks.run(
      'Worker available',
      async () => {
        const activitySid = await findActivity(workspace, true);
        return workspace.workers(workerSid).update({ activitySid });
      },
      ({ activityName }) => `${workerSid} is ${activityName}`,
    );
    await checks.run(
      'Reservation accepted by the callback',
      () => awaitAcceptance(workspace, taskSid, time, signal),
      (sid) => `${sid}: the callback was signed, let through and answered`,
    );
  } finally {
    await retire(workspace, workerSid);
  }
}

/** Our choice, in s: what a crashed proof leaves behind ends by itself. */
const taskTimeout = 300;

async function createTask({
  functions,
  name: { attributes },
  objects: { workflowSid, taskChannel },
}: TaskNeeds): Promise<string> {
  const { task_sid: sid } = await callFunction(functions, '/create-task', {
    attributes: JSON.stringify(attributes),
    workflow_sid: workflowSid,
    timeout: String(taskTimeout),
    ...(taskChannel !== undefined && { task_channel: taskChannel }),
  });
  if (typeof sid === 'string') return sid;
  throw new ProofFailed('/create-task answered no task.', 'It is another program: deploy again.');
}

async function moveTask(
  functions: FunctionsClient,
  path: string,
  taskSid: string,
  status: string,
): Promise<void> {
  const parameters = { task_sid: taskSid, reason: 'deployment proof' };
  const { assignment_status: reached } = await callFunction(functions, path, parameters);
  if (reached === status) return;
  throw new ProofFailed(`The task is ${reached} after ${path}, and should be ${status}.`, 'Deploy again.');
}

/** Of one moment they come in no particular order. */
const milestones = [
  'task.created',
  'reservation.created',
  'reservation.accepted',
  'task.wrapup',
  'task.completed',
];

/** Twilio lists events some time after they happened, so what is missing says nothing. */
function describeEvents(types: readonly string[]): string {
  const told = milestones.filter((milestone) => types.includes(milestone));
  return told.length > 0 ? told.join(', ') : 'Twilio does not list them yet';
}
