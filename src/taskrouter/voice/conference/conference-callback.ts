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

/** Who is told about a conference. */
export interface ConferenceCallback {
  readonly url: string;
  readonly method: HttpMethod;
  readonly events: readonly ConferenceEventWord[];
}
