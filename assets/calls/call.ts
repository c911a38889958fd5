import type { callToJson } from '../../src/taskrouter/control/calls';

/** A phone call of the local TaskRouter. */
export type Call = ReturnType<typeof callToJson>;
/** One line of its conversation. */
export type CallLine = Call['transcript'][number];

const lasting: ReadonlySet<Call['status']> = new Set(['queued', 'initiated', 'ringing', 'in-progress']);

export function isOver({ status }: Pick<Call, 'status'>): boolean {
  return !lasting.has(status);
}

/** Whether somebody outside has called, rather than been called. */
export function isIncoming({ direction }: Pick<Call, 'direction'>): boolean {
  return direction === 'inbound';
}

/** How long it has been connected, in ms; null if nobody has answered. @param now by the clock of TaskRouter */
export function talkedMs({ answered_at, ended_at }: Call, now: number): number | null {
  if (answered_at === null) return null;
  const end = ended_at === null ? now : Date.parse(ended_at);
  return Math.max(0, end - Date.parse(answered_at));
}
