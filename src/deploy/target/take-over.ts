import type { Twilio } from 'twilio';
import { ConfigurationError } from '../../system/config';
import type { TwilioAccount } from '../../system/twilio-account';
import { readCreated, readRememberedService } from './deploy-record';
import { type FoundService, findService } from './service';

export interface ServiceSearch {
  readonly client: Twilio;
  readonly account: TwilioAccount;
  readonly projectRoot: string;
  /** The Service's unique name. */
  readonly serviceName: string;
  /** Twilio's region; undefined for the default. */
  readonly region: string | undefined;
}

/** The Service to deploy to, and whether it was deployed from this folder before. */
export interface DeployTarget {
  /** Null when it does not exist yet. */
  readonly service: FoundService | null;
  readonly isOurs: boolean;
}

/** @throws ConfigurationError or DeploymentFailed, as findService */
export async function findTarget(search: ServiceSearch): Promise<DeployTarget> {
  const { client, account, projectRoot, serviceName, region } = search;
  const { accountSid, username } = account;
  // With an API key, twilio-run does not know the account and records nothing.
  const recorded =
    username === accountSid ? readRememberedService(projectRoot, accountSid, region) : undefined;
  const service = await findService(client, serviceName, recorded);
  if (service === null) return { service, isOurs: false };
  const { serviceSids } = readCreated(projectRoot, accountSid);
  return { service, isOurs: recorded !== undefined || serviceSids.includes(service.sid) };
}

/** Asks for confirmation; null when there is no terminal. */
export type Confirm = ((question: string) => Promise<boolean>) | null;

/**
 * Asks before a deployment replaces the Functions of a Service that was not deployed from this folder.
 * @throws ConfigurationError when the user declines, or there is no terminal
 */
export async function confirmTakeOver({ service, isOurs }: DeployTarget, confirm: Confirm): Promise<void> {
  if (service === null || isOurs) return;
  const what = `The account has a Service "${service.uniqueName}" (${service.sid}) that was not deployed from this folder`;
  if (confirm === null) {
    throw new ConfigurationError([
      `${what}. Use --yes to replace its Functions and assets, or change the "name" in package.json.`,
    ]);
  }
  if (await confirm(`${what}. Replace its Functions and assets?`)) return;
  throw new ConfigurationError([
    'Nothing was deployed. To deploy to a new Service, change the "name" in package.json.',
  ]);
}
