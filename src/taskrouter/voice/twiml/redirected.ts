import type { TwimlRequest } from './twiml-client';

/** Something outside sends the call to other TwiML: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#redirect */
export class Redirected extends Error {
  override readonly name = 'Redirected';
  constructor(readonly request: TwimlRequest) {
    super('redirected');
  }
}
