import type { Twilio } from 'twilio';
import { ConfigurationError } from '../../system/config';
import { DeploymentFailed } from '../deployment-failed';

/** A Service of Twilio Functions, as far as a deployment needs to know it. */
export interface FoundService {
  readonly sid: string;
  readonly uniqueName: string;
}

/** Where a Service's Functions are for one purpose, and what answers there. */
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

/** An object of its own for each list, because the client keeps its callbacks in it. */
const pages = () => ({ pageSize: 100 });

/**
 * The Service that the uploading tool would use: the one it remembers, or else the one of that name.
 * @param rememberedSid what `.twiliodeployinfo` says
 * @throws ConfigurationError when the remembered one is gone: the tool would fail on it
 */
export async function findService(
  client: Twilio,
  uniqueName: string,
  rememberedSid: string | undefined,
): Promise<FoundService | null> {
  const services = await askTwilio(() => client.serverless.v1.services.list(pages()));
  const isMeant = (service: FoundService) =>
    rememberedSid === undefined ? service.uniqueName === uniqueName : service.sid === rememberedSid;
  const found = services.find(isMeant);
  if (found) return { sid: found.sid, uniqueName: found.uniqueName };
  if (rememberedSid === undefined) return null;
  throw new ConfigurationError([
    `.twiliodeployinfo remembers the Service ${rememberedSid}, which the account does not have any more: remove the file.`,
  ]);
}

/** @param suffix of the domain, such as `dev`; empty for production */
export async function findEnvironment(
  client: Twilio,
  serviceSid: string,
  suffix: string,
): Promise<DeployedEnvironment | null> {
  const service = client.serverless.v1.services(serviceSid);
  const environments = await askTwilio(() => service.environments.list(pages()));
  const found = environments.find(({ domainSuffix }) => (domainSuffix ?? '') === suffix);
  if (!found) return null;
  const variables = await askTwilio(() => service.environments(found.sid).variables.list(pages()));
  return {
    serviceSid,
    sid: found.sid,
    domainName: found.domainName,
    buildSid: found.buildSid || null,
    variables: variables.map(({ sid, key, value }) => ({ sid, key, value })),
  };
}

/**
 * What Twilio's Serverless API answers.
 * @throws DeploymentFailed with the refusal in words
 */
export async function askTwilio<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    throw new DeploymentFailed(refusal(error as { status?: number; code?: unknown; message: string }));
  }
}

function refusal({ status, code, message }: { status?: number; code?: unknown; message: string }): string {
  if (status === undefined) return `Twilio does not answer (${code ?? message}).`;
  if (status === 401) {
    return 'Twilio refuses the credentials: are TWILIO_ACCOUNT_SID and its token or API key those of the account, and not of a local TaskRouter?';
  }
  return `Twilio's Serverless API answered ${status}: ${message}`;
}
