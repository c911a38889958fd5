import type { Call } from '../../assets/calls/call';

/** A caller's call in progress. */
export function aCall(part: Partial<Call> = {}): Call {
  return {
    call_sid: `CA${'a'.repeat(32)}`,
    from: '+15550111',
    to: '+15555550100',
    direction: 'inbound',
    parent_call_sid: null,
    status: 'in-progress',
    task_sid: null,
    worker_sid: null,
    reservation_sid: null,
    date_created: '2026-01-31T12:00:00.000Z',
    answered_at: '2026-01-31T12:00:01.000Z',
    ended_at: null,
    transcript: [],
    ...part,
  };
}
