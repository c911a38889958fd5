/** How a dialed call ended: https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values */
export interface Dialed {
  readonly status: 'completed' | 'busy' | 'no-answer' | 'failed';
  /** Empty if there was none. */
  readonly callSid: string;
  /** Of the conversation. */
  readonly seconds: number;
}
