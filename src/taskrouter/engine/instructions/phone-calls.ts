import type { Attributes, Reservation, VoiceCall } from '../../model/entities';
import { ringSeconds } from '../../model/instruction-parameters';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';

/** What an instruction wants of the telephone. */
interface WantedCall {
  readonly instruction: VoiceCall['instruction'];
  readonly workerSid: string | null;
  readonly to: string;
  readonly from: string | null;
  readonly url?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly postWorkActivitySid?: string | undefined;
}

/** Leaves a call to be made; whoever listens to the commits makes it, once it is durable. */
export function placeCall(context: CommandContext, reservation: Reservation, wanted: WantedCall): VoiceCall {
  return context.state.put('calls', {
    ...context.created(sidPrefix.call),
    workspaceSid: reservation.workspaceSid,
    instruction: wanted.instruction,
    reservationSid: reservation.sid,
    workerSid: wanted.workerSid,
    to: wanted.to,
    from: wanted.from,
    url: wanted.url ?? null,
    timeoutSeconds: ringTime(wanted),
    postWorkActivitySid: wanted.postWorkActivitySid ?? null,
    answeredAt: null,
  });
}

/** Our choice: what a SIP address allows less of is cut, not refused. */
function ringTime({ to, timeoutSeconds = ringSeconds.default }: WantedCall): number {
  return /^sips?:/i.test(to) ? Math.min(timeoutSeconds, ringSeconds.maxSip) : timeoutSeconds;
}

/**
 * The worker's leg is noted in the task: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#dequeue
 * Our choice: the task is not routed again for it, since nobody else changed its attributes.
 */
export function recordWorkerCall(
  context: CommandContext,
  reservation: Reservation,
  { sid }: VoiceCall,
): void {
  const task = context.state.get('tasks', reservation.taskSid);
  const attributes = attributesWith(task.attributes, { worker_call_sid: sid });
  context.recordTaskEvent('task.updated', context.changeTask(task, { attributes }));
}

function attributesWith({ value }: Attributes, added: Readonly<Record<string, string>>): Attributes {
  const changed = { ...value, ...added };
  return { text: JSON.stringify(changed), value: changed };
}

/** Whether somebody is being called, or spoken to, because of this reservation already. */
export const isBeingCalled = (context: CommandContext, reservation: Reservation): boolean =>
  context.calls
    .of(reservation.sid)
    .some(({ instruction }) => instruction !== 'redirect' && instruction !== 'supervise');

/**
 * Ends the calls that make no sense without the offer. Our choice: those that run the app's own TwiML (call, redirect)
 * go on.
 */
export function hangUp(context: CommandContext, reservation: Reservation): void {
  for (const { sid, instruction } of context.calls.of(reservation.sid)) {
    if (instruction === 'conference' && reservation.onHold) {
      const what = 'The Reservation ended while its conference was set up';
      recordInstructionAlert(context, reservation, 40144, what);
    }
    if (instruction === 'dequeue' || instruction === 'conference') context.state.remove('calls', sid);
  }
}

/** What went wrong with an instruction that nobody waits for. */
export function recordInstructionAlert(
  context: CommandContext,
  reservation: Reservation,
  code: number,
  detail: string,
): void {
  const { workspaceSid, sid: resourceSid } = reservation;
  context.recordAlert({ code, level: 'error', workspaceSid, resourceSid, detail });
}
