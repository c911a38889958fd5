import { errorText } from '../../../common/error-text';
import { alerts, type CallbackAlert } from '../../webhooks/alerts';
import type { Exchange } from '../../webhooks/post';
import type { ResponseEvaluation } from '../../webhooks/response-evaluation';
import { isRedirect } from '../../webhooks/transport';
import { voiceAlerts } from '../voice-alerts';
import { type Verb, verbsOf } from './twiml';

/** There is no TwiML at a URL. */
export class TwimlFailed extends Error {
  override readonly name = 'TwimlFailed';
  constructor(readonly alert: CallbackAlert) {
    super(alert.message);
  }
}

/** The verbs of a response. @throws TwimlFailed */
export function readTwiml({ response, failure }: Exchange): readonly Verb[] {
  if (failure) throw new TwimlFailed(alerts.noResponse(failure.kind, failure.message));
  const { status, headers, body } = response;
  if (status < 200 || status >= 300) throw new TwimlFailed(alerts.badStatus(status, '200'));
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (!isXml(type.trim())) throw new TwimlFailed(voiceAlerts.contentType(type));
  return verbsIn(body);
}

/** @throws TwimlFailed */
export function verbsIn(twiml: string): readonly Verb[] {
  try {
    return verbsOf(twiml);
  } catch (error) {
    throw new TwimlFailed(voiceAlerts.notTwiml(errorText(error)));
  }
}

/** Source: https://www.twilio.com/docs/api/errors/12300. Twilio also takes text and sounds, which we do not. */
const isXml = (type: string): boolean => /^(text|application)\/(xml|.*\+xml)$/i.test(type);

/** What the response to a request for TwiML means. */
export const twimlEvaluation: ResponseEvaluation = {
  alertOf(exchange) {
    // A redirect is followed, or not: see redirect.ts.
    if (exchange.response && isRedirect(exchange.response)) return null;
    try {
      readTwiml(exchange);
      return null;
    } catch (error) {
      if (error instanceof TwimlFailed) return error.alert;
      throw error;
    }
  },
  outcomeOf({ response, error, alert }) {
    if (alert) return error?.kind.endsWith('_timeout') ? 'timed_out' : 'failed';
    return response && isRedirect(response) ? 'redirected' : 'twiml';
  },
};
