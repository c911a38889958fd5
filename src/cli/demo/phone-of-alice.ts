import type { TwilioAccount } from '../../system/twilio-account';
import { createLocalClient } from '../../workspace/local-client';
import { UnmetExpectation } from '../errors';

/** The activity in which agents finish their work after a call. */
export const postWorkActivity = 'WrapUp';

/**
 * Gives Alice a phone that rings until somebody answers it, and the workspace an activity for the time after a call.
 * @returns the sid of the activity
 * @throws UnmetExpectation if there is no Alice
 */
export async function giveAliceAPhone(
  account: TwilioAccount,
  url: string,
  workspaceSid: string,
): Promise<string> {
  const client = createLocalClient(account, url);
  try {
    const workspace = client.taskrouter.v1.workspaces(workspaceSid);
    const [alice] = await workspace.workers.list({ friendlyName: 'Alice' });
    if (!alice) throw new UnmetExpectation('The workspace has no worker Alice.');
    const phone = { contact_uri: 'client:alice', simulated_call: { outcome: 'no-answer' } };
    const attributes = JSON.stringify({ ...JSON.parse(alice.attributes), ...phone });
    await workspace.workers(alice.sid).update({ attributes });
    const [known] = await workspace.activities.list({ friendlyName: postWorkActivity });
    const { sid } =
      known ?? (await workspace.activities.create({ friendlyName: postWorkActivity, available: false }));
    return sid;
  } finally {
    client.close();
  }
}
