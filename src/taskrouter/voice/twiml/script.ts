import type { HttpMethod } from '../../webhooks/transport';

/** Where the TwiML of a call is. */
export interface Script {
  readonly url: string;
  /** In place of what is at the URL. */
  readonly twiml?: string | undefined;
  /** Default: POST. */
  readonly method?: HttpMethod | undefined;
  /** Used if the TwiML cannot be fetched or read. */
  readonly fallbackUrl?: string | undefined;
  /** Default: POST. */
  readonly fallbackMethod?: HttpMethod | undefined;
}

/** Of TwiML without a URL. Nothing is relative to this one, so that the URLs in it must be absolute, as on Twilio. */
export const noUrl = 'about:blank';

export const inlineScript = (twiml: string): Script => ({ url: noUrl, twiml });
