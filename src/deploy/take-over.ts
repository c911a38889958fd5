import type { Twilio } from 'twilio';
import { ConfigurationError } from '../system/config';
import { readMade, readRememberedService } from './deploy-memory';
import type { Preparation } from './preparation';
import { type FoundService, findService } from './service';

export interface TakeOverOptions {
  readonly client: Twilio;
  readonly preparation: Preparation;
  /** Twilio's, where it is not its default. */
  readonly region: string | undefined;
  /** Whether an existing Service may be deployed over; null when nobody can be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

/** The Service that will be deployed to, and whether it is ours already. */
export interface DeployTarget {
  /** Null when it is yet to be created. */
  readonly service: FoundService | null;
  readonly isOurs: boolean;
}

export async function findTarget({ client, preparation, region }: TakeOverOptions): Promise<DeployTarget> {
  const { projectRoot, serviceName, settings } = preparation;
  const { accountSid, username } = settings.account;
  // With an API key the uploading tool does not know the account, and remembers nothing.
  const remembered =
    username === accountSid ? readRememberedService(projectRoot, accountSid, region) : undefined;
  const service = await findService(client, serviceName, remembered);
  const { serviceSids } = readMade(projectRoot, accountSid);
  return {
    service,
    isOurs: service !== null && (remembered !== undefined || serviceSids.includes(service.sid)),
  };
}

/**
 * Asks before somebody else's Service is deployed over: its Functions would be gone.
 * @throws ConfigurationError when the answer is no, or nobody can be asked
 */
export async function confirmTakeOver(
  { service, isOurs }: DeployTarget,
  confirm: TakeOverOptions['confirm'],
): Promise<void> {
  if (service === null || isOurs) return;
  const what = `The account has a Service "${service.uniqueName}" (${service.sid}) that was not deployed from this folder`;
  if (confirm === null) {
    throw new ConfigurationError([`${what}: --yes deploys over it; or rename this project in package.json.`]);
  }
  if (await confirm(`${what}. Replace its Functions and Assets?`)) return;
  throw new ConfigurationError([
    'Nothing was deployed. Another "name" in package.json makes a Service of its own.',
  ]);
}
