import type { HttpMethod } from '../../webhooks/transport';

/** https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent, in their order */
export const callEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;
export type CallEvent = (typeof callEvents)[number];

/** Who is told about the progress of a call. */
export interface StatusCallback {
  readonly url: string;
  readonly method: HttpMethod;
  readonly events: readonly CallEvent[];
  /** In addition to Twilio's own. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}
