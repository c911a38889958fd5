import type { Twilio } from 'twilio';
import { askTwilio, type DeployedEnvironment } from './target/service';
import { restoreVariables } from './upload/variables';
import { unwire, type Wiring } from './wiring/wiring';

export interface RollBackOptions {
  readonly client: Twilio;
  /** As it was before the upload; null when there was none. */
  readonly before: DeployedEnvironment | null;
  /** What was wired, if it came to that. */
  readonly wiring: Wiring | null;
}

/**
 * Deploys the previous build again, with its variables, and points the callbacks where they pointed. One failure does not
 * keep the rest from being put back.
 * @returns what was done and what could not be, one sentence each
 */
export async function rollBack({ client, before, wiring }: RollBackOptions): Promise<string[]> {
  return [
    await told(
      () => restoreUrls(client, wiring),
      'the callback URLs could not be put back: see "npx taskrouter workspace plan --target twilio"',
    ),
    await told(() => restoreBuild(client, before), 'the previous build could not be deployed again'),
  ];
}

async function restoreUrls(client: Twilio, wiring: Wiring | null): Promise<string> {
  if (wiring === null || wiring.changes.length === 0) return 'The callback URLs are as they were.';
  await unwire(client, wiring);
  return 'The callback URLs are what they were before.';
}

async function restoreBuild(client: Twilio, before: DeployedEnvironment | null): Promise<string> {
  if (before === null || before.buildSid === null) {
    return 'There is no previous build: the Functions stay as uploaded, and no callback leads to them.';
  }
  const { serviceSid, sid, buildSid } = before;
  await restoreVariables(client, before);
  const { deployments } = client.serverless.v1.services(serviceSid).environments(sid);
  await askTwilio(() => deployments.create({ buildSid }));
  return `The previous build (${buildSid}) is deployed again, with its variables.`;
}

async function told(undo: () => Promise<string>, failure: string): Promise<string> {
  try {
    return await undo();
  } catch (error) {
    return `Rolling back was not complete, ${failure} (${(error as Error).message}).`;
  }
}
