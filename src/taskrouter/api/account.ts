import type { FastifyInstance } from 'fastify';
import { rfc2822 } from '../../common/rfc-2822';
import type { ApiOptions } from '../http/options';
import { notFound } from '../http/request-errors';

/** The subresources that Twilio lists; none of them is local. */
const subresources = [
  'Addresses',
  'Applications',
  'AuthorizedConnectApps',
  'AvailablePhoneNumbers',
  'Balance',
  'Calls',
  'Conferences',
  'ConnectApps',
  'IncomingPhoneNumbers',
  'Keys',
  'Messages',
  'Notifications',
  'OutgoingCallerIds',
  'Queues',
  'Recordings',
  'ShortCodes',
  'SIP',
  'SigningKeys',
  'Transcriptions',
  'Usage',
];

/**
 * The one resource besides TaskRouter's: many programs fetch their account when they start, to check their credentials.
 * Source: https://www.twilio.com/docs/iam/api/account#fetch-an-account-resource
 */
export function addAccount(
  app: FastifyInstance,
  { account, taskRouter }: Pick<ApiOptions, 'account' | 'taskRouter'>,
): void {
  const startedAt = new Date(taskRouter.clock.now());
  app.get<{ Params: { file: string } }>('/2010-04-01/Accounts/:file', async (request) => {
    if (request.params.file !== `${account.sid}.json`) throw notFound(request.url);
    return accountJson(account, startedAt);
  });
}

/** Our choice: the account is as old as the service, because its age is not stored. */
function accountJson({ sid, authToken }: ApiOptions['account'], createdAt: Date) {
  const path = `/2010-04-01/Accounts/${sid}`;
  const date = rfc2822(createdAt.getTime());
  return {
    sid,
    owner_account_sid: sid,
    friendly_name: 'Local TaskRouter',
    status: 'active',
    type: 'Full',
    auth_token: authToken,
    date_created: date,
    date_updated: date,
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(
      subresources.map((name) => [snakeCase(name), `${path}/${name}.json`]),
    ),
  };
}

const snakeCase = (name: string): string =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
