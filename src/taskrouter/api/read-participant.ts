import type { Parameters } from '../http/parameters';
import { CallRefused, InvalidParameter, NotBuilt } from '../model/errors';
import type { AddedParticipant } from '../voice/conference/add-participant';
import type { Conference } from '../voice/conference/conference';
import {
  type ConferenceCallback,
  conferenceEventWords,
  usualConferenceEvents,
} from '../voice/conference/conference-callback';
import { beeps, type ParticipantSettings, usualSettings } from '../voice/conference/participant';
import type { TwimlRequest } from '../voice/twiml/twiml-client';
import { readDestination } from './read-call';

/** What a participant cannot do here. What concerns recordings, carriers, or SIP has no effect, because there are none. */
const notBuilt = ['MachineDetection', 'AmdStatusCallback'] as const;

/**
 * Source: https://www.twilio.com/docs/voice/api/participant-resource#create-a-participant
 * @throws CallRefused, InvalidParameter, NotBuilt
 */
export function readNewParticipant(parameters: Parameters, conference: Conference): AddedParticipant {
  const asked = notBuilt.find((name) => parameters.has(name));
  if (asked) throw new NotBuilt(`${asked} of a participant`);
  const label = parameters.text('Label');
  // Our choice: the codes of TwiML.
  if (conference.isFull) throw new CallRefused(16020, `The conference ${conference.name} is full`);
  if (conference.participants.some(({ settings }) => settings.label === label))
    throw new CallRefused(16025, `Another participant has the label ${label}`);
  return {
    ...readDestination(parameters),
    settings: {
      ...given({
        muted: parameters.boolean('Muted'),
        startConferenceOnEnter: parameters.boolean('StartConferenceOnEnter'),
        endConferenceOnExit: parameters.boolean('EndConferenceOnExit'),
        beep: parameters.oneOf('Beep', beeps),
        label,
      }),
      callSidToCoach: readCoaching(parameters, conference) ?? usualSettings.callSidToCoach,
    },
    music: readMusic(parameters, 'Wait', 'POST'),
  };
}

/**
 * Whom the conference tells about itself, if this participant is the first.
 * @throws InvalidParameter
 */
export function readConferenceCallback(parameters: Parameters): ConferenceCallback | null {
  const name = 'ConferenceStatusCallback';
  const url = parameters.url(name);
  const words = parameters.all(`${name}Event`).flatMap((text) => text.split(/[\s,]+/));
  const unknown = words.find((word) => !(conferenceEventWords as readonly string[]).includes(word));
  if (unknown !== undefined)
    throw InvalidParameter.outOfRange(`${name}Event`, unknown, conferenceEventWords.join(', '));
  const method = parameters.oneOf(`${name}Method`, ['GET', 'POST']) ?? 'POST';
  const events =
    words.length > 0 ? conferenceEventWords.filter((word) => words.includes(word)) : usualConferenceEvents;
  return url === undefined ? null : { url, method, events };
}

/** What changes. @throws CallRefused, InvalidParameter, NotBuilt */
export function readParticipantUpdate(parameters: Parameters, conference: Conference) {
  refuseAnnouncements(parameters);
  return {
    muted: parameters.boolean('Muted'),
    hold: parameters.boolean('Hold'),
    holdMusic: readMusic(parameters, 'Hold', 'GET'),
    endConferenceOnExit: parameters.boolean('EndConferenceOnExit'),
    beepOnExit: parameters.boolean('BeepOnExit'),
    callSidToCoach: readCoaching(parameters, conference),
  };
}

/** @throws NotBuilt */
export function refuseAnnouncements(parameters: Parameters): void {
  if (parameters.has('AnnounceUrl')) throw new NotBuilt('AnnounceUrl of a conference');
}

function readMusic(
  parameters: Parameters,
  kind: 'Wait' | 'Hold',
  usualMethod: 'GET' | 'POST',
): TwimlRequest | undefined {
  const url = parameters.url(`${kind}Url`);
  const method = parameters.oneOf(`${kind}Method`, ['GET', 'POST']) ?? usualMethod;
  return url === undefined ? undefined : { url, method };
}

/**
 * Null for somebody who no longer coaches; undefined if nothing changes. Our choice: the code of TwiML.
 * @throws CallRefused
 */
function readCoaching(parameters: Parameters, conference: Conference): string | null | undefined {
  const coaching = parameters.boolean('Coaching');
  const callSid = parameters.text('CallSidToCoach');
  if (coaching === false) return null;
  if (callSid === undefined && coaching === undefined) return undefined;
  if (callSid !== undefined && conference.find(callSid)) return callSid;
  throw new CallRefused(13240, `CallSidToCoach ${callSid ?? ''} is not a call in this conference`);
}

function given(settings: Partial<Record<keyof ParticipantSettings, unknown>>): Partial<ParticipantSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
