import type { VoiceCall } from '../../model/entities';
import type { InstructionValues } from '../../model/instruction-parameters';
import type { StatusCallback } from './status-callback';

/** Sent if the instruction names no event: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks */
const usual = ['completed'] as const;

/**
 * The status callback that an instruction asks for.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks and …/docs/taskrouter/api/reservations
 * @param taskCallSid the call that created the task
 */
export function statusCallbackOf(
  { instruction, parameters }: Pick<VoiceCall, 'instruction' | 'parameters'>,
  taskCallSid: string,
): StatusCallback | null {
  if (instruction === 'dequeue') return ofDequeue(parameters, taskCallSid);
  if (instruction === 'call') return ofCall(parameters);
  return instruction === 'conference' ? ofConference(parameters) : null;
}

/** Always a GET. */
function ofDequeue(
  { status_callback_url: url, status_callback_events: events = usual }: Partial<InstructionValues<'dequeue'>>,
  taskCallSid: string,
): StatusCallback | null {
  return url ? { url, method: 'GET', events, parameters: { taskCallSid } } : null;
}

function ofCall({ status_callback_url: url }: Partial<InstructionValues<'call'>>): StatusCallback | null {
  return url ? { url, method: 'POST', events: usual } : null;
}

function ofConference(parameters: Partial<InstructionValues<'conference'>>): StatusCallback | null {
  const { status_callback: url, status_callback_method: method = 'POST' } = parameters;
  return url ? { url, method, events: parameters.status_callback_event ?? usual } : null;
}
