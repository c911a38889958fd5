import { placeCall, ring } from '../calls/place-call';
import { HungUp } from '../calls/scope';
import type { StatusCallback } from '../status-callbacks/status-callback';
import type { TwimlRequest } from '../twiml/twiml-client';
import type { VoiceServices } from '../voice-services';
import type { Conference } from './conference';
import type { Participant, ParticipantSettings } from './participant';
import { enter, participantOf } from './task-participants';

/** Somebody who is called into a conference. */
export interface AddedParticipant {
  /** Default: a new one. */
  readonly sid?: string;
  readonly from: string;
  readonly to: string;
  readonly taskSid?: string;
  readonly timeoutSeconds: number;
  readonly statusCallback?: StatusCallback | null;
  readonly settings: Partial<ParticipantSettings>;
  /** Heard until the conference starts. */
  readonly music?: TwimlRequest | undefined;
  readonly staysAlone?: boolean;
}

/** Rings a phone, and lets it join when somebody answers. Source: https://www.twilio.com/docs/voice/api/participant-resource */
export function addParticipant(
  conference: Conference,
  wanted: AddedParticipant,
  services: VoiceServices,
): Participant {
  const { timeoutSeconds, settings, music, staysAlone = true, ...parts } = wanted;
  const call = placeCall({ ...parts, direction: 'outbound-api' }, services);
  const participant = participantOf(call, { settings, staysAlone }, services);
  void call.scope.busyWith(async () => {
    ring(call, timeoutSeconds, services);
    try {
      await call.until(call.scope, ({ answeredAt }) => answeredAt !== null);
      if (conference.status === 'completed') call.end();
      else enter(conference, participant, music);
    } catch (reason) {
      if (reason instanceof HungUp) conference.miss(participant);
    }
  });
  return participant;
}
