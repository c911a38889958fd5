import type { TwilioAccount } from '../../system/twilio-account';
import type { CallbackEntry } from '../../taskrouter/inspector/callback-log';
import { ownNumber } from '../../taskrouter/voice/simulated-phone';
import type { TaskRouterClient } from '../../workspace/client';
import { createLocalClient } from '../../workspace/local-client';
import { UnmetExpectation } from '../errors';

/** The activity in which agents finish their work after a call. */
export const postWorkActivity = 'WrapUp';

/** A workspace of a local TaskRouter. */
export interface WorkspaceAccess {
  readonly account: TwilioAccount;
  /** TaskRouter's. */
  readonly url: string;
  readonly workspaceSid: string;
}

/**
 * Gives Alice a phone that rings until somebody answers it, and the workspace an activity for the time after a call.
 * @returns the sid of the activity
 * @throws UnmetExpectation if there is no Alice
 */
export function giveAliceAPhone(access: WorkspaceAccess): Promise<string> {
  return inWorkspace(access, async (workspace) => {
    const [alice] = await workspace.workers.list({ friendlyName: 'Alice' });
    if (!alice) throw new UnmetExpectation('The workspace has no worker Alice.');
    const phone = { contact_uri: 'client:alice', simulated_call: { outcome: 'no-answer' } };
    const attributes = JSON.stringify({ ...JSON.parse(alice.attributes), ...phone });
    await workspace.workers(alice.sid).update({ attributes });
    const [known] = await workspace.activities.list({ friendlyName: postWorkActivity });
    const made = { friendlyName: postWorkActivity, available: false };
    const { sid } = known ?? (await workspace.activities.create(made));
    return sid;
  });
}

/** Has Alice called with the TwiML of `/agent-whisper`, by the instruction `call`. */
export async function callAlice(
  access: WorkspaceAccess,
  { reservationSid, taskSid }: Pick<CallbackEntry, 'reservationSid' | 'taskSid'>,
  functionsUrl: string,
): Promise<void> {
  const callUrl = `${functionsUrl}/agent-whisper?reservation_sid=${reservationSid}&language=es`;
  const call = { instruction: 'call', callFrom: ownNumber, callUrl, callAccept: false } as const;
  await inWorkspace(access, (workspace) =>
    workspace.tasks(String(taskSid)).reservations(String(reservationSid)).update(call),
  );
}

type Workspace = ReturnType<TaskRouterClient['taskrouter']['v1']['workspaces']>;

async function inWorkspace<Result>(
  { account, url, workspaceSid }: WorkspaceAccess,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const client = createLocalClient(account, url);
  try {
    return await work(client.taskrouter.v1.workspaces(workspaceSid));
  } finally {
    client.close();
  }
}
