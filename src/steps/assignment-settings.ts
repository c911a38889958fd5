/** What the environment says about assignment callbacks; the texts are as given, and checked where they are used. */
export interface AssignmentSettings {
  /** none, accept, reject, dequeue, call, redirect or conference; anything else is trouble. */
  readonly instruction: string;
  /** Who is called: a number, client or SIP address. Without it TaskRouter takes the worker's `contact_uri`. */
  readonly to?: string;
  /** The caller id: a Twilio number or a verified one. */
  readonly from?: string;
  /** The TwiML for the call. */
  readonly url?: string;
  /** `true`: call and redirect also accept the reservation. */
  readonly accept?: string;
  /** How long the worker's phone rings, in s. */
  readonly timeout?: string;
  readonly postWorkActivitySid?: string;
  readonly rejectActivitySid?: string;
}
