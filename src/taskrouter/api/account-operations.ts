import { get, type Operation, post, remove } from './operations';
import * as queues from './resources/call-queues';
import * as calls from './resources/calls';

const account = '/2010-04-01/Accounts/:account';
const call = `${account}/Calls/:call.json`;
const queue = `${account}/Queues/:queue`;

/** The operations of the API of 2010 that concern calls, named as in Twilio's OpenAPI description of it. */
export const accountOperations: readonly Operation[] = [
  get('ListCall', `${account}/Calls.json`, calls.listCalls),
  post('CreateCall', `${account}/Calls.json`, calls.createCall),
  get('FetchCall', call, calls.fetchCall),
  post('UpdateCall', call, calls.updateCall),
  remove('DeleteCall', call, calls.deleteCall),

  get('ListQueue', `${account}/Queues.json`, queues.listCallQueues),
  get('FetchQueue', `${queue}.json`, queues.fetchCallQueue),
  get('ListMember', `${queue}/Members.json`, queues.listMembers),
  get('FetchMember', `${queue}/Members/:member.json`, queues.fetchMember),
];
