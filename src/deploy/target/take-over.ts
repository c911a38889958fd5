import type { Twilio } from 'twilio';
import { ConfigurationError } from '../../system/config';
import type { TwilioAccount } from '../../system/twilio-account';
import { readCreated, readRememberedService } from './deploy-record';
import { type FoundService, findService } from './service';

export interface ServiceSearch {
  readonly client: Twilio;
  readonly account: TwilioAccount;
  readonly projectRoot: string;
  /** Its unique name. */
  readonly serviceName: string;
  /** Twilio's, where it is not its default. */
  readonly region: string | undefined;
}

/** The Service that a deployment goes to, and whether it is ours already. */
export interface DeployTarget {
  /** Null when it is yet to be created. */
  readonly service: FoundService | null;
  readonly isOurs: boolean;
}

/** @throws ConfigurationError or DeploymentFailed, as findService */
export async function findTarget(search: ServiceSearch): Promise<DeployTarget> {
  const { client, account, projectRoot, serviceName, region } = search;
  const { accountSid, username } = account;
  // With an API key the uploading tool does not know the account, and remembers nothing.
  const remembered =
    username === accountSid ? readRememberedService(projectRoot, accountSid, region) : undefined;
  const service = await findService(client, serviceName, remembered);
  if (service === null) return { service, isOurs: false };
  const { serviceSids } = readCreated(projectRoot, accountSid);
  return { service, isOurs: remembered !== undefined || serviceSids.includes(service.sid) };
}

/** Whether somebody agrees; null when nobody can be asked. */
export type Confirm = ((question: string) => Promise<boolean>) | null;

/**
 * Asks before somebody else's Service is deployed over: its Functions would be gone.
 * @throws ConfigurationError when the answer is no, or nobody can be asked
 */
export async function confirmTakeOver({ service, isOurs }: DeployTarget, confirm: Confirm): Promise<void> {
  if (service === null || isOurs) return;
  const what = `The account has a Service "${service.uniqueName}" (${service.sid}) that was not deployed from this folder`;
  if (confirm === null) {
    throw new ConfigurationError([
      `${what}: --yes deploys over it; or give this project another "name" in package.json.`,
    ]);
  }
  if (await confirm(`${what}. Replace its Functions and assets?`)) return;
  throw new ConfigurationError([
    'Nothing was deployed. Another "name" in package.json makes a Service of its own.',
  ]);
}
