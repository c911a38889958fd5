/** The environment's settings for assignment callbacks, unchecked: each instruction checks those it uses. */
export interface AssignmentSettings {
  /** none, accept, reject, dequeue, call, redirect or conference; anything else is an error. */
  readonly instruction: string;
  /** The number, client or SIP address to call; TaskRouter's default is the worker's `contact_uri`. */
  readonly to?: string;
  /** The caller id: a Twilio number or a verified one. */
  readonly from?: string;
  /** The URL of the TwiML for the call. */
  readonly url?: string;
  /** `true`: call and redirect also accept the reservation. */
  readonly accept?: string;
  /** How long the worker's phone rings, in s. */
  readonly timeout?: string;
  readonly postWorkActivitySid?: string;
  readonly rejectActivitySid?: string;
}
