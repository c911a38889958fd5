import type { FastifyInstance } from 'fastify';
import { rfc2822 } from '../../common/rfc-2822';
import type { ApiOptions } from '../http/options';
import { notFound } from '../http/request-errors';
import { NotBuilt } from '../model/errors';
import { accountOperations } from './account-operations';
import type { ApiRequest, Service } from './api-request';
import { accountPath, snakeCase } from './formats/call';
import { addOperations } from './routes';

/** The subresources that Twilio lists; of them, Calls, Conferences, and Queues are local. */
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
 * The API of 2010, as far as programs around TaskRouter need it: many fetch their account when they start, to check their
 * credentials, and they operate calls. Anything else below the account is not built.
 * Source: https://www.twilio.com/docs/iam/api/account#fetch-an-account-resource
 */
export function addAccount(
  app: FastifyInstance,
  { account, taskRouter, phone }: Pick<ApiOptions, 'account' | 'taskRouter' | 'phone'>,
  service: Service,
): void {
  const startedAt = taskRouter.clock.now();
  app.get<{ Params: { file: string } }>('/2010-04-01/Accounts/:file', async (request) => {
    if (request.params.file !== `${account.sid}.json`) throw notFound(request.url);
    return accountJson(account, startedAt);
  });
  if (phone) addOperations(app, service, ofAccount(account.sid));
  app.all<{ Params: { account: string } }>('/2010-04-01/Accounts/:account/*', async (request) => {
    if (request.params.account !== account.sid) throw notFound(request.url);
    throw new NotBuilt(`${request.method} ${request.url.replace(/\?.*/s, '')}`);
  });
}

/** The operations, each on this account alone. */
const ofAccount = (accountSid: string) =>
  accountOperations.map((operation) => ({
    ...operation,
    handle: (request: ApiRequest) => {
      if (request.pathText('account') !== accountSid) throw request.notFound();
      return operation.handle(request);
    },
  }));

/** Our choice: the account is as old as the service, because its age is not stored. */
function accountJson({ sid, authToken }: ApiOptions['account'], createdAt: number) {
  const path = accountPath(sid);
  const date = rfc2822(createdAt);
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
