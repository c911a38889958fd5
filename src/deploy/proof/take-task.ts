import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { FunctionResponse, FunctionsClient } from '../functions/functions-client';
import { type DeployTime, pollUntil } from '../poll-until';
import { type Checks, ProofFailed } from './checks';
import { findActivity, type ProofName, type ProofObjects } from './objects';
import { retire } from './removal';

/** What the proof's task needs. */
interface TaskNeeds {
  readonly workspace: WorkspaceContext;
  readonly functions: FunctionsClient;
  readonly name: ProofName;
  readonly objects: ProofObjects;
  readonly time: DeployTime;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a task from created to completed. The worker is available only until the task is assigned.
 * @throws ProofFailed or DeploymentFailed at the first stage that fails
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
      (sid) => `${sid}: the callback was signed and accepted it`,
    );
  } finally {
    await retire(workspace, workerSid);
  }
}

/** Our choice, in s: a task that a crashed proof leaves behind ends by itself. */
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
  throw new ProofFailed('/create-task returned no task.', 'Another program runs there: deploy again.');
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
  throw new ProofFailed(`The task is ${reached} after ${path} instead of ${status}.`, 'Deploy again.');
}

/** Events of the same moment have no particular order. */
const milestones = [
  'task.created',
  'reservation.created',
  'reservation.accepted',
  'task.wrapup',
  'task.completed',
];

/** Twilio lists events with a delay, so a missing event proves nothing. */
function describeEvents(types: readonly string[]): string {
  const listed = milestones.filter((milestone) => types.includes(milestone));
  return listed.length > 0 ? listed.join(', ') : 'Twilio does not list them yet';
}

/** Our choice: both callback URLs have 5 s each, and a cold Function takes a few seconds to start. */
const acceptance = { timeoutMs: 30_000, intervalMs: 500 };

/**
 * Waits until the task's reservation is accepted and returns its sid. Only the callback accepts it: TaskRouter must have
 * sent the callback, and the Function must have verified its signature and returned an instruction.
 * @throws ProofFailed with the likely cause when the time is up
 */
async function awaitAcceptance(
  workspace: WorkspaceContext,
  taskSid: string,
  time: DeployTime,
  signal?: AbortSignal,
): Promise<string> {
  const list = () => workspace.tasks(taskSid).reservations.list({ pageSize: 100 });
  const isAccepted = ({ reservationStatus }: { reservationStatus: string }) =>
    reservationStatus === 'accepted';
  const reservations = await pollUntil(list, (listed) => listed.some(isAccepted), acceptance, time, signal);
  const accepted = reservations.find(isAccepted);
  if (accepted) return accepted.sid;
  throw notAccepted(reservations.map(({ reservationStatus }) => reservationStatus));
}

const functionLog = 'See the log of the Function: npx twilio-run logs';

/** TaskRouter cancels a reservation whose callback failed, and leaves one without an instruction pending. */
function notAccepted(statuses: readonly string[]): ProofFailed {
  const seconds = acceptance.timeoutMs / 1000;
  if (statuses.length === 0) {
    return new ProofFailed(
      `TaskRouter did not offer the task within ${seconds} s.`,
      "The proof's worker was not available in time. Check whether something changes the workers of this workspace, then try again.",
    );
  }
  if (statuses.includes('pending')) {
    return new ProofFailed(
      `The reservation is still pending after ${seconds} s: the assignment callback gave no instruction.`,
      `Check that src/steps/assignment-policy.ts returns {"instruction":"accept"} for ASSIGNMENT_INSTRUCTION=accept. ${functionLog}`,
    );
  }
  return new ProofFailed(
    `The reservation was not accepted within ${seconds} s; it is ${[...new Set(statuses)].join(', ')}.`,
    `TaskRouter received no valid response from the assignment callback. Twilio's debugger (Monitor, Errors) shows the error. ${functionLog}`,
  );
}

/**
 * Calls a deployed Function as the operator.
 * @throws ProofFailed with the Function's own message and what to do
 */
async function callFunction(
  functions: FunctionsClient,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<FunctionResponse['body']> {
  const { status, body } = await functions.call(path, parameters);
  if (status >= 200 && status < 300) return body;
  const { code, message } = body;
  const words = typeof message === 'string' ? `: ${message} (${code})` : '';
  throw new ProofFailed(`${path} returned ${status}${words}`, remedyFor(status));
}

function remedyFor(status: number): string {
  if (status === 401)
    return 'The deployed OPERATOR_USERNAME and OPERATOR_PASSWORD differ from yours: deploy again.';
  if (status === 404) return 'The Function, or the task in its workspace, does not exist: deploy again.';
  return `Check the variables in .env.deploy. ${functionLog}`;
}
