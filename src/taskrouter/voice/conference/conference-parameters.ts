import { rfc2822 } from '../../../common/rfc-2822';
import type { Conference, ConferenceEndEvent, ConferenceEvent, EndReason } from './conference';
import type { ConferenceEventWord } from './conference-callback';
import type { Departure, Participant } from './participant';

/** The word by which each event is asked for. */
export const wordOf: Readonly<Record<ConferenceEvent['name'], ConferenceEventWord>> = {
  'conference-start': 'start',
  'conference-end': 'end',
  'participant-join': 'join',
  'participant-leave': 'leave',
  'participant-mute': 'mute',
  'participant-unmute': 'mute',
  'participant-hold': 'hold',
  'participant-unhold': 'hold',
  'participant-modify': 'modify',
};

const reasonLeft: Readonly<Record<Departure, string>> = {
  'hung-up': 'participant_hung_up',
  redirected: 'participant_updated_via_api',
  removed: 'participant_updated_via_api',
  transferred: 'participant_updated_via_api',
  'conference-ended': 'moderator_ended_conference',
  'ended-by-api': 'conference_ended_via_api',
  // Our choice: the documentation names no better one.
  'no-music': 'participant_updated_via_api',
  'not-reached': 'participant_add_failed',
};

/** Our choice of words: they are documented only as a message. */
const reasonEnded: Readonly<Record<EndReason, string>> = {
  'conference-ended-via-api': 'A program ended the conference',
  'last-participant-left': 'The last participant left',
  'last-participant-kicked': 'The last participant was removed',
  'participant-with-end-conference-on-exit-left': 'A participant with endConferenceOnExit left',
  'participant-with-end-conference-on-exit-kicked': 'A participant with endConferenceOnExit was removed',
};

/**
 * The parameters of a status callback of a conference.
 * Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback-parameters
 * @param now Unix milliseconds
 */
export function conferenceParameters(
  { sid, name }: Conference,
  event: ConferenceEvent,
  { accountSid, sequence, now }: { accountSid: string; sequence: number; now: number },
): Record<string, string> {
  return {
    ConferenceSid: sid,
    FriendlyName: name,
    AccountSid: accountSid,
    SequenceNumber: String(sequence),
    Timestamp: rfc2822(now),
    StatusCallbackEvent: event.name,
    ...details(event),
  };
}

function details(event: ConferenceEvent): Record<string, string> {
  if (event.name === 'conference-start') return {};
  if (event.name === 'conference-end') return ended(event);
  const { participant, departure } = event;
  return { ...participantParameters(participant), ...(departure && left(participant, departure)) };
}

function ended({ reason, participant }: ConferenceEndEvent): Record<string, string> {
  const label = participant?.settings.label ?? null;
  return {
    ...(participant && { CallSidEndingConference: participant.callSid }),
    ...(label !== null && { ParticipantLabelEndingConference: label }),
    ReasonConferenceEnded: reason,
    Reason: reasonEnded[reason],
  };
}

function participantParameters({ callSid, hold, isCoaching, settings }: Participant): Record<string, string> {
  const { muted, endConferenceOnExit, startConferenceOnEnter, label } = settings;
  return {
    CallSid: callSid,
    Muted: String(muted),
    Hold: String(hold),
    Coaching: String(isCoaching),
    EndConferenceOnExit: String(endConferenceOnExit),
    StartConferenceOnEnter: String(startConferenceOnEnter),
    ...(label !== null && { ParticipantLabel: label }),
  };
}

function left({ call }: Participant, departure: Departure): Record<string, string> {
  return {
    ParticipantCallStatus: call?.status ?? 'completed',
    ReasonParticipantLeft: reasonLeft[departure],
  };
}
