import type { Twilio } from 'twilio';
import { type DeployedEnvironment, requestTwilio } from './target/service';
import { restoreVariables } from './upload/variables';
import { unwire, type Wiring } from './wiring/wiring';

interface RollBackOptions {
  readonly client: Twilio;
  /** The environment before the upload; null when there was none. */
  readonly before: DeployedEnvironment | null;
  /** The changed callback URLs; null when none were changed. */
  readonly wiring: Wiring | null;
}

/**
 * Deploys the previous build with its variables and restores the callback URLs. Continues after a failure.
 * @returns one sentence for each part: what was restored, or what could not be
 */
export async function rollBack({ client, before, wiring }: RollBackOptions): Promise<string[]> {
  return [
    await attempt(
      () => restoreUrls(client, wiring),
      'the callback URLs could not be restored: see "npx taskrouter workspace plan --target twilio"',
    ),
    await attempt(() => restoreBuild(client, before), 'the previous build could not be deployed again'),
  ];
}

async function restoreUrls(client: Twilio, wiring: Wiring | null): Promise<string> {
  if (wiring === null || wiring.changes.length === 0) return 'The callback URLs are unchanged.';
  await unwire(client, wiring);
  return 'The callback URLs are restored.';
}

async function restoreBuild(client: Twilio, before: DeployedEnvironment | null): Promise<string> {
  if (before === null || before.buildSid === null) {
    return 'There is no previous build: the uploaded Functions stay, and no callback points to them.';
  }
  const { serviceSid, sid, buildSid } = before;
  await restoreVariables(client, before);
  const { deployments } = client.serverless.v1.services(serviceSid).environments(sid);
  await requestTwilio(() => deployments.create({ buildSid }));
  return `The previous build (${buildSid}) is deployed again, with its variables.`;
}

async function attempt(undo: () => Promise<string>, failure: string): Promise<string> {
  try {
    return await undo();
  } catch (error) {
    return `The rollback is incomplete: ${failure} (${(error as Error).message}).`;
  }
}
