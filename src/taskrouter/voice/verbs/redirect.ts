import { maskUrl } from '../../../common/mask-url';
import type { Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument, TwimlRequest } from '../twiml/twiml-client';

/** https://www.twilio.com/docs/voice/twiml/redirect */
export function redirect(
  { text, attributes: { method } }: Verb,
  flow: Flow,
  document: TwimlDocument,
): TwimlRequest {
  flow.call.record('twilio', 'Redirect', maskUrl(text));
  return flow.request(text, method, document);
}
