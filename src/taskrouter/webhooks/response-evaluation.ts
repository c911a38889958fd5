import type { CallbackAlert } from './alerts';
import type { CallbackAttempt, CallbackOutcome } from './callback-record';
import { evaluateEventResponse } from './evaluate-response';
import type { Exchange } from './post';

/** What the response to a request means, for the log. */
export interface ResponseEvaluation {
  /** Null for a response that is as it should be. */
  alertOf(exchange: Exchange): CallbackAlert | null;
  outcomeOf(last: CallbackAttempt): CallbackOutcome;
}

/** For an event callback, and for a request that tells what has happened in a phone call. */
export const noticeEvaluation: ResponseEvaluation = {
  alertOf: evaluateEventResponse,
  outcomeOf: ({ alert }) => (alert ? 'dropped' : 'delivered'),
};
