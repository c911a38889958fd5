import type { Cancel } from '../../../system/clock';
import type { VoiceCall } from '../../model/entities';
import type { CallUpdate } from '../calls/call-status';

/** The telephone network that the local TaskRouter uses. */
export interface Voice {
  /** The keys that a worker with these attributes presses as soon as something asks for them. */
  digits(workerSid: string | null, attributes: Readonly<Record<string, unknown>>): string;
  /**
   * Places a durable call, or continues one that was in progress when the process ended: it has been ringing since
   * `dateCreated`, or connected since `answeredAt`. A `redirect` sends the parked call `to` to the TwiML at `url`, and
   * reports `answered` when done.
   * @param attributes of the worker whose telephone it is; empty if it is not a worker's
   * @param report called once for each update, in order; may be called before this returns
   * @returns a function that hangs up; nothing is reported afterwards
   */
  place(
    call: VoiceCall,
    attributes: Readonly<Record<string, unknown>>,
    report: (update: CallUpdate) => void,
  ): Cancel;
}
