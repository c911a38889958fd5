import type { LiveCall } from '../taskrouter/voice/calls/live-call';
import type { SimulatedPhone } from '../taskrouter/voice/simulated-phone';
import type { SimulatedCall } from './contract';

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** A call as the test kit shows it, with what the person at the phone can do. */
export function simulatedCall(phone: SimulatedPhone, call: LiveCall): SimulatedCall {
  const { sid: callSid, from, to, direction, parentCallSid, workerSid, reservationSid } = call;
  return {
    ...{ callSid, from, to, direction, parentCallSid, workerSid, reservationSid },
    dateCreated: new Date(call.dateCreated),
    get status() {
      return call.status;
    },
    get taskSid() {
      return call.taskSid;
    },
    get answeredAt() {
      return date(call.answeredAt);
    },
    get endedAt() {
      return date(call.endedAt);
    },
    get transcript() {
      return call.transcript.map((line) => ({ ...line, at: new Date(line.at) }));
    },
    press: (digits) => phone.press(callSid, digits),
    say: (text) => phone.say(callSid, text),
    answer: () => phone.act(callSid, 'answer'),
    decline: () => phone.act(callSid, 'decline'),
    hangUp: () => phone.act(callSid, 'hang_up'),
  };
}
