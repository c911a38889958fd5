import type { Twilio } from 'twilio';
import { ConfigurationError } from '../../system/config';
import { DeploymentFailed } from '../deployment-failed';

/** What a deployment needs to know about a Service. */
export interface FoundService {
  readonly sid: string;
  readonly uniqueName: string;
}

/** An environment of a Service, and what is deployed in it. */
export interface DeployedEnvironment {
  readonly serviceSid: string;
  readonly sid: string;
  readonly domainName: string;
  /** Null before the first deployment. */
  readonly buildSid: string | null;
  readonly variables: readonly DeployedVariable[];
}

export interface DeployedVariable {
  readonly sid: string;
  readonly key: string;
  readonly value: string;
}

/** A new object for each list, because the client stores its callbacks in it. */
const pages = () => ({ pageSize: 100 });

/**
 * The Service that twilio-run would use: the recorded one, or else the one with this name.
 * @param recordedSid the sid in `.twiliodeployinfo`
 * @throws ConfigurationError when the recorded Service no longer exists, because twilio-run would fail
 */
export async function findService(
  client: Twilio,
  uniqueName: string,
  recordedSid: string | undefined,
): Promise<FoundService | null> {
  const services = await requestTwilio(() => client.serverless.v1.services.list(pages()));
  const matches = (service: FoundService) =>
    recordedSid === undefined ? service.uniqueName === uniqueName : service.sid === recordedSid;
  const found = services.find(matches);
  if (found) return { sid: found.sid, uniqueName: found.uniqueName };
  if (recordedSid === undefined) return null;
  throw new ConfigurationError([
    `.twiliodeployinfo names the Service ${recordedSid}, which no longer exists in the account. Remove the file.`,
  ]);
}

/** @param suffix the domain suffix, such as `dev`; empty for production */
export async function findEnvironment(
  client: Twilio,
  serviceSid: string,
  suffix: string,
): Promise<DeployedEnvironment | null> {
  const service = client.serverless.v1.services(serviceSid);
  const environments = await requestTwilio(() => service.environments.list(pages()));
  const found = environments.find(({ domainSuffix }) => (domainSuffix ?? '') === suffix);
  if (!found) return null;
  const variables = await requestTwilio(() => service.environments(found.sid).variables.list(pages()));
  return {
    serviceSid,
    sid: found.sid,
    domainName: found.domainName,
    buildSid: found.buildSid || null,
    variables: variables.map(({ sid, key, value }) => ({ sid, key, value })),
  };
}

/**
 * Sends a request to Twilio's Serverless API.
 * @throws DeploymentFailed with the reason
 */
export async function requestTwilio<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    throw new DeploymentFailed(failureText(error as { status?: number; code?: unknown; message: string }));
  }
}

function failureText({
  status,
  code,
  message,
}: {
  status?: number;
  code?: unknown;
  message: string;
}): string {
  if (status === undefined) return `Twilio does not respond (${code ?? message}).`;
  if (status === 401) {
    return 'Twilio rejected the credentials. Check that TWILIO_ACCOUNT_SID and the token or API key are those of your account, not of a local TaskRouter.';
  }
  return `Twilio's Serverless API returned ${status}: ${message}`;
}
