import type { Flow } from './flow';
import type { Script } from './script';

/** What a call does instead of fetching TwiML. */
export type Continuation = (flow: Flow) => Promise<unknown>;

/** Something outside sends the call elsewhere, such as to other TwiML: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#redirect */
export class Redirected extends Error {
  override readonly name = 'Redirected';
  constructor(readonly to: Script | Continuation) {
    super('redirected');
  }
}
