import type { Cancel } from '../../system/clock';
import type { VoiceCall } from '../model/entities';
import type { CallFailure } from '../model/statuses';

/** What becomes of a call: answered or failed, and once answered, ended. */
export type CallUpdate =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed'; readonly failure: CallFailure }
  | { readonly kind: 'ended' };

/** The telephone, as the local TaskRouter needs it. */
export interface Voice {
  /**
   * Makes a call that is durable by now, or goes on with one that was under way when the process ended: it has rung
   * since its `dateCreated`, or, if `answeredAt` is set, has been spoken on since then. For a `redirect` it sends the
   * parked call `to` to the TwiML at `url`; done is `answered`.
   * @param attributes of the worker whose telephone it is; empty when it is nobody's.
   * @param report told of each piece of news once, in order; it may be called before this returns.
   * @returns how to hang up; nothing is reported afterwards.
   */
  place(
    call: VoiceCall,
    attributes: Readonly<Record<string, unknown>>,
    report: (news: CallUpdate) => void,
  ): Cancel;
}
