import type { CallFailure } from '../../model/statuses';

/** https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export type CallStatus = 'queued' | 'initiated' | 'ringing' | 'in-progress' | FinalStatus;
export type FinalStatus = 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

export const isFinal = (status: CallStatus): status is FinalStatus =>
  status !== 'queued' && status !== 'initiated' && status !== 'ringing' && status !== 'in-progress';

/** The progress of a call: answered or failed, and after an answer, ended. */
export type CallUpdate =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed'; readonly failure: CallFailure }
  | { readonly kind: 'ended' };

/** Our choice: a phone that declines is `busy`, as a SIP phone is. */
export const statusOfFailure: Readonly<Record<CallFailure, FinalStatus>> = {
  refused: 'busy',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
};
