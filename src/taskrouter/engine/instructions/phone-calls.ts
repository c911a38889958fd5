import type { Reservation, Task, VoiceCall } from '../../model/entities';
import { ringSeconds } from '../../model/instruction-parameters';
import { compactJson, withMembers } from '../../model/json-text';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { conferenceOf, parkedCall } from './addresses';

/** The call that an instruction places. */
interface RequestedCall {
  readonly instruction: VoiceCall['instruction'];
  readonly workerSid: string | null;
  readonly to: string;
  readonly from: string | null;
  /** Of the instruction, as given. */
  readonly parameters: object;
  readonly url?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly postWorkActivitySid?: string | undefined;
}

/** Records a call to be placed. It is placed after the commit, when it is durable. */
export function placeCall(
  context: CommandContext,
  reservation: Reservation,
  requested: RequestedCall,
): VoiceCall {
  return context.state.put('calls', {
    ...context.created(sidPrefix.call),
    workspaceSid: reservation.workspaceSid,
    instruction: requested.instruction,
    reservationSid: reservation.sid,
    workerSid: requested.workerSid,
    to: requested.to,
    from: requested.from,
    parameters: withoutSecrets(requested.parameters),
    url: requested.url ?? null,
    timeoutSeconds: ringTime(requested),
    postWorkActivitySid: requested.postWorkActivitySid ?? null,
    answeredAt: null,
  });
}

/** No telephone network needs them here, and rows are in snapshots. */
const secret = /^sip_auth_/;

const withoutSecrets = (parameters: object): VoiceCall['parameters'] =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !secret.test(name)));

/** Our choice: a ring time above the maximum of SIP addresses is shortened, not refused. */
function ringTime({ to, timeoutSeconds = ringSeconds.default }: RequestedCall): number {
  return /^sips?:/i.test(to) ? Math.min(timeoutSeconds, ringSeconds.maxSip) : timeoutSeconds;
}

/**
 * Writes the sid of the worker's call into the task's attributes.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#dequeue
 * Our choice: the task is not routed again, because no client changed its attributes.
 */
export function recordWorkerCall(
  context: CommandContext,
  reservation: Reservation,
  { sid }: VoiceCall,
): void {
  const task = context.state.get('tasks', reservation.taskSid);
  addAttributes(context, task, { worker_call_sid: sid });
}

/**
 * Writes the conference and its participants into the task's attributes once both are in it (seen in recorded
 * sessions). Our choice: a customer who is called is written down at the same time; and after a transfer, the new worker
 * takes the place of the old one, in the same conference.
 */
export function recordConference(
  context: CommandContext,
  reservation: Reservation,
  { sid: worker }: VoiceCall,
): void {
  const task = context.state.get('tasks', reservation.taskSid);
  const present = reservation.transferSid === null ? undefined : conferenceOf(task);
  const sid = present?.sid ?? context.settings.newSid(sidPrefix.conference);
  const customer =
    present?.participants.customer ?? parkedCall(task) ?? context.settings.newSid(sidPrefix.call);
  const participants = { ...present?.participants, worker, customer };
  addAttributes(context, task, { conference: { sid, participants } });
}

function addAttributes(context: CommandContext, task: Task, added: Readonly<Record<string, unknown>>): void {
  const { text, value } = task.attributes;
  const attributes = { text: withMembers(compactJson(text), added), value: { ...value, ...added } };
  context.recordTaskEvent('task.updated', context.changeTask({ ...task, attributes }));
}

/** Whether the worker is being called, or is in a call, for this reservation. */
export const isBeingCalled = (context: CommandContext, reservation: Reservation): boolean =>
  context.calls
    .of(reservation.sid)
    .some(({ instruction }) => instruction !== 'redirect' && instruction !== 'supervise');

/**
 * Ends the calls of an offer that has ended. Our choice: calls that run the app's own TwiML (call, redirect) continue.
 */
export function hangUp(context: CommandContext, reservation: Reservation): void {
  for (const { sid, instruction } of context.calls.of(reservation.sid)) {
    if (instruction === 'conference' && reservation.onHold) {
      const what = 'The Reservation ended while its conference was being set up';
      recordInstructionAlert(context, reservation, 40144, what);
    }
    if (instruction === 'dequeue' || instruction === 'conference') context.state.remove('calls', sid);
  }
}

/** Records why an instruction failed that no client is waiting for. */
export function recordInstructionAlert(
  context: CommandContext,
  reservation: Reservation,
  code: number,
  detail: string,
): void {
  const { workspaceSid, sid: resourceSid } = reservation;
  context.recordAlert({ code, level: 'error', workspaceSid, resourceSid, detail });
}
