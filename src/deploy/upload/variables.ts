import type { Twilio } from 'twilio';
import { variableNames } from '../../adapter/variables';
import { type DeployedEnvironment, type DeployedVariable, requestTwilio } from '../target/service';

/**
 * The variables of our Functions that are there and that the file does not give any more. The uploading tool lets them
 * stand, and they would go on counting.
 */
export function staleVariables(
  { variables }: Pick<DeployedEnvironment, 'variables'>,
  uploaded: Readonly<Record<string, string>>,
): DeployedVariable[] {
  const ours: ReadonlySet<string> = new Set(variableNames);
  return variables.filter(({ key }) => ours.has(key) && uploaded[key] === undefined);
}

export async function removeVariables(
  client: Twilio,
  environment: DeployedEnvironment,
  variables: readonly DeployedVariable[],
): Promise<void> {
  const list = listOf(client, environment);
  for (const { sid } of variables) await requestTwilio(() => list(sid).remove());
}

/** Makes the variables of an environment what they were when it was read. */
export async function restoreVariables(client: Twilio, before: DeployedEnvironment): Promise<void> {
  const list = listOf(client, before);
  const present = await requestTwilio(() => list.list({ pageSize: 100 }));
  for (const { key, value } of before.variables) {
    const found = present.find((each) => each.key === key);
    if (!found) await requestTwilio(() => list.create({ key, value }));
    else if (found.value !== value) await requestTwilio(() => list(found.sid).update({ value }));
  }
  const known = new Set(before.variables.map(({ key }) => key));
  for (const { sid, key } of present) if (!known.has(key)) await requestTwilio(() => list(sid).remove());
}

function listOf(client: Twilio, { serviceSid, sid }: DeployedEnvironment) {
  return client.serverless.v1.services(serviceSid).environments(sid).variables;
}
