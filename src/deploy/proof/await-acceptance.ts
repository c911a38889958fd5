import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { type DeployTime, pollUntil } from '../poll-until';
import { ProofFailed } from './proof-failed';

/** Our choice, in ms: both callback URLs have 5 s, and a Function that has slept starts in a few. */
const patience = 30_000;
const pause = 500;

/**
 * Waits until the task's reservation is accepted, and returns its sid. Nobody accepts it over REST, so that the callback
 * has been sent, let through with its signature, and answered with its instruction.
 * @throws ProofFailed with the likely cause when that does not happen in time
 */
export async function awaitAcceptance(
  workspace: WorkspaceContext,
  taskSid: string,
  time: DeployTime,
  signal?: AbortSignal,
): Promise<string> {
  const look = () => workspace.tasks(taskSid).reservations.list({ pageSize: 100 });
  const isAccepted = ({ reservationStatus }: { reservationStatus: string }) =>
    reservationStatus === 'accepted';
  const reservations = await pollUntil(
    look,
    (seen) => seen.some(isAccepted),
    { patience, pause },
    time,
    signal,
  );
  const accepted = reservations.find(isAccepted);
  if (accepted) return accepted.sid;
  throw notAccepted(reservations.map(({ reservationStatus }) => reservationStatus));
}

const callbackLog = 'The log of the Function says more: npx twilio-run logs';

/** What the reservations tell: TaskRouter cancels one whose callback failed, and leaves one without an instruction. */
function notAccepted(statuses: readonly string[]): ProofFailed {
  const seconds = patience / 1000;
  if (statuses.length === 0) {
    return new ProofFailed(
      `TaskRouter offered the task to nobody within ${seconds} s.`,
      'The proof’s worker was not available in time: look whether something moves workers of this workspace, and try again.',
    );
  }
  if (statuses.includes('pending')) {
    return new ProofFailed(
      `The reservation is still pending after ${seconds} s: the assignment callback gave no instruction.`,
      `Does src/steps/assignment-policy.ts still answer {"instruction":"accept"} to ASSIGNMENT_INSTRUCTION=accept? ${callbackLog}`,
    );
  }
  return new ProofFailed(
    `The reservation was not accepted within ${seconds} s; it is ${[...new Set(statuses)].join(', ')}.`,
    `TaskRouter did not get an answer it can use from the assignment callback: its error is in Twilio's debugger (Monitor, Errors). ${callbackLog}`,
  );
}
