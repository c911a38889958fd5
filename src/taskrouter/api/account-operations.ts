import { get, type Operation, post, remove } from './operations';
import * as queues from './resources/call-queues';
import * as calls from './resources/calls';
import * as conferences from './resources/conferences';
import * as participants from './resources/participants';

const account = '/2010-04-01/Accounts/:account';
const call = `${account}/Calls/:call.json`;
const conference = `${account}/Conferences/:conference`;
const participant = `${conference}/Participants/:participant.json`;
const queue = `${account}/Queues/:queue`;

/** The operations of the API of 2010 that concern calls, named as in Twilio's OpenAPI description of it. */
export const accountOperations: readonly Operation[] = [
  get('ListCall', `${account}/Calls.json`, calls.listCalls),
  post('CreateCall', `${account}/Calls.json`, calls.createCall),
  get('FetchCall', call, calls.fetchCall),
  post('UpdateCall', call, calls.updateCall),
  remove('DeleteCall', call, calls.deleteCall),

  get('ListConference', `${account}/Conferences.json`, conferences.listConferences),
  get('FetchConference', `${conference}.json`, conferences.fetchConference),
  post('UpdateConference', `${conference}.json`, conferences.updateConference),
  get('ListParticipant', `${conference}/Participants.json`, participants.listParticipants),
  post('CreateParticipant', `${conference}/Participants.json`, participants.createParticipant),
  get('FetchParticipant', participant, participants.fetchParticipant),
  post('UpdateParticipant', participant, participants.updateParticipant),
  remove('DeleteParticipant', participant, participants.removeParticipant),

  get('ListQueue', `${account}/Queues.json`, queues.listCallQueues),
  get('FetchQueue', `${queue}.json`, queues.fetchCallQueue),
  get('ListMember', `${queue}/Members.json`, queues.listMembers),
  get('FetchMember', `${queue}/Members/:member.json`, queues.fetchMember),
];
