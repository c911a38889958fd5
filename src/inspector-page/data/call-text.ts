import { type Call, talkedMs } from '../../../assets/calls/call';
import type { CallMap } from '../../../assets/calls/call-map';
import { shortSid } from './entry-text';
import type { NameIndex } from './name-index';

/** How a call began, from the application's point of view. */
export const directionTags: Readonly<Record<Call['direction'], string>> = {
  inbound: 'IN',
  'outbound-api': 'OUT',
  'outbound-dial': 'DIAL',
};

export const callTitle = ({ from, to }: Call): string => `${from || 'unknown'} → ${to}`;

/** The calls of the same task, the call that dialed this one, and those that it dialed: oldest first. */
export function relatedCalls(call: Call, calls: CallMap): readonly Call[] {
  return [...calls.values()].filter(
    (other) =>
      other.call_sid !== call.call_sid &&
      ((call.task_sid !== null && other.task_sid === call.task_sid) ||
        other.parent_call_sid === call.call_sid ||
        other.call_sid === call.parent_call_sid),
  );
}

/** The worker and the task. */
export function callSubject({ worker_sid, task_sid }: Call, names: NameIndex): string {
  const worker = worker_sid && (names.of(worker_sid) ?? shortSid(worker_sid));
  return [worker, task_sid && shortSid(task_sid)].filter(Boolean).join(' · ');
}

/** How long a call that is over was connected, such as `65 s`; empty for any other call. */
export function talkedText(call: Call): string {
  if (call.ended_at === null) return '';
  const ms = talkedMs(call, Date.parse(call.ended_at));
  return ms === null ? '' : `${Math.round(ms / 1000)} s`;
}
