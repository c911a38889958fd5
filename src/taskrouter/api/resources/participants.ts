import { when } from '../../http/filters';
import type { Conference } from '../../voice/conference/conference';
import { type Participant, withBeepOnExit } from '../../voice/conference/participant';
import { accountPage } from '../account-paging';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatParticipant } from '../formats/conference';
import { readConferenceCallback, readNewParticipant, readParticipantUpdate } from '../read-participant';
import { conferenceOf } from './conferences';

/** Those who are in the conference. Source: https://www.twilio.com/docs/voice/api/participant-resource */
export function listParticipants(request: ApiRequest): ApiResponse {
  const { parameters, context } = request;
  const conference = conferenceOf(request);
  const test = (name: string, of: (participant: Participant) => boolean) =>
    when(
      parameters.boolean(name),
      ({ participant }: { participant: Participant }, wanted) => of(participant) === wanted,
    );
  return accountPage(request, {
    key: 'participants',
    rows: conference.participants.map((participant) => ({ sid: participant.callSid, participant })),
    filters: ['Muted', 'Hold', 'Coaching'],
    tests: [
      test('Muted', ({ settings }) => settings.muted),
      test('Hold', ({ hold }) => hold),
      test('Coaching', ({ isCoaching }) => isCoaching),
    ],
    format: ({ participant }) => formatParticipant(conference, participant, context),
  });
}

export function fetchParticipant(request: ApiRequest): ApiResponse {
  const { conference, participant } = participantOf(request);
  return ok(formatParticipant(conference, participant, request.context));
}

/** Calls somebody. A conference is named by its SID, or by its name, which opens it. */
export function createParticipant(request: ApiRequest): ApiResponse {
  const { control, parameters, context } = request;
  const wanted = request.pathText('conference');
  const { conferences } = control;
  const conference = /^CF[0-9a-f]{32}$/.test(wanted)
    ? conferenceOf(request)
    : conferences.findOrOpen({ name: wanted, maxParticipants: parameters.integer('MaxParticipants') });
  const added = readNewParticipant(parameters, conference);
  if (conference.participants.length === 0) conference.callback = readConferenceCallback(parameters);
  const participant = control.addParticipant(conference, added);
  return created({ ...formatParticipant(conference, participant, context), status: 'queued' });
}

export function updateParticipant(request: ApiRequest): ApiResponse {
  const { conference, participant } = participantOf(request);
  const { settings } = participant;
  const change = readParticipantUpdate(request.parameters, conference);
  conference.change(participant, {
    muted: change.muted ?? settings.muted,
    endConferenceOnExit: change.endConferenceOnExit ?? settings.endConferenceOnExit,
    beep: withBeepOnExit(settings.beep, change.beepOnExit),
    callSidToCoach: change.callSidToCoach === undefined ? settings.callSidToCoach : change.callSidToCoach,
  });
  if (change.hold !== undefined) conference.hold(participant, change.hold, change.holdMusic);
  return ok(formatParticipant(conference, participant, request.context));
}

export function removeParticipant(request: ApiRequest): ApiResponse {
  const { conference, participant } = participantOf(request);
  conference.leave(participant.callSid, 'removed');
  return noContent;
}

/** By the SID of the call, or its label. @throws ResourceNotFound */
function participantOf(request: ApiRequest): { conference: Conference; participant: Participant } {
  const conference = conferenceOf(request);
  const wanted = request.pathText('participant');
  const participant = conference.participants.find(
    ({ callSid, settings }) => callSid === wanted || settings.label === wanted,
  );
  if (!participant) throw request.notFound();
  return { conference, participant };
}
