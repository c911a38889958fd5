import { rfc2822 } from '../../../common/rfc-2822';
import { callParameters } from '../calls/call-parameters';
import type { CallStatus } from '../calls/call-status';
import type { LiveCall } from '../calls/live-call';
import { type CallEvent, callEvents, type StatusCallback } from './status-callback';

/** The status of a call is the word of the event, except for these. */
const statuses: Readonly<Partial<Record<CallEvent, CallStatus>>> = { answered: 'in-progress' };

/**
 * The parameters of a status callback that is sent now.
 * Source: https://www.twilio.com/docs/voice/api/call-resource#statuscallback
 */
export function statusParameters(
  call: LiveCall,
  { events, parameters }: StatusCallback,
  event: CallEvent,
  accountSid: string,
): Record<string, string> {
  const { parentCallSid, seconds } = call;
  return {
    ...callParameters(call, accountSid),
    CallStatus: event === 'completed' ? call.status : (statuses[event] ?? event),
    ...(parentCallSid !== null && { ParentCallSid: parentCallSid }),
    Timestamp: rfc2822(call.scope.clock.now()),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequenceNumber(call, events, event)),
    // Seen in recorded requests: the second is in minutes that have begun.
    ...(event === 'completed' && {
      CallDuration: String(seconds),
      Duration: String(Math.ceil(seconds / 60)),
    }),
    ...parameters,
  };
}

/** How many callbacks came before. Only those that are sent count: seen in recorded requests. */
function sequenceNumber({ answeredAt }: LiveCall, events: readonly CallEvent[], event: CallEvent): number {
  const before = callEvents.slice(0, callEvents.indexOf(event));
  return before.filter((each) => events.includes(each) && (each !== 'answered' || answeredAt !== null))
    .length;
}
