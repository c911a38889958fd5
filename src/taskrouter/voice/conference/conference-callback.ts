import type { HttpMethod } from '../../webhooks/transport';

/** The values of `statusCallbackEvent`. Nobody speaks here, and nothing is announced. */
export const conferenceEventWords = [
  'start',
  'end',
  'join',
  'leave',
  'mute',
  'hold',
  'modify',
  'speaker',
  'announcement',
] as const;
export type ConferenceEventWord = (typeof conferenceEventWords)[number];

/** Unless TwiML names them: https://www.twilio.com/docs/voice/api/participant-resource */
export const usualConferenceEvents: readonly ConferenceEventWord[] = ['start', 'end'];

/** Who is told about a conference. */
export interface ConferenceCallback {
  readonly url: string;
  readonly method: HttpMethod;
  readonly events: readonly ConferenceEventWord[];
}
