import type { Reservation } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { CommandContext } from '../command-context';
import { isBeingCalled } from './phone-calls';

/** @throws InstructionRefused unless the reservation waits for an answer */
export function requirePending(reservation: Reservation, code: number): void {
  if (reservation.status === 'pending' && !reservation.onHold) return;
  const state = reservation.onHold ? 'on hold while a conference is set up' : reservation.status;
  throw new InstructionRefused(code, `Reservation ${reservation.sid} is not pending but ${state}`);
}

/** Our choice: one call at a time. @throws InstructionRefused while the worker's telephone rings or is in use for it */
export function requireNoCall(context: CommandContext, reservation: Reservation, code: number): void {
  if (!isBeingCalled(context, reservation)) return;
  throw new InstructionRefused(
    code,
    `The worker is being called for Reservation ${reservation.sid} by an earlier instruction`,
  );
}

/** @throws InstructionRefused when the activity is none of the workspace */
export function requireActivity(
  context: CommandContext,
  { workspaceSid }: Reservation,
  activitySid: string | undefined,
  code: number,
): void {
  if (activitySid === undefined) return;
  if (context.state.find('activities', activitySid)?.workspaceSid === workspaceSid) return;
  throw new InstructionRefused(code, `Activity ${activitySid} is none of this Workspace`);
}
