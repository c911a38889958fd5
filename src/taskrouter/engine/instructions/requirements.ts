import type { Reservation } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { CommandContext } from '../command-context';
import { isBeingCalled } from './phone-calls';

/** @throws InstructionRefused unless the reservation is pending and not on hold */
export function requirePending(reservation: Reservation, code: number): void {
  if (reservation.status === 'pending' && !reservation.onHold) return;
  const state = reservation.onHold ? 'on hold while its conference is being set up' : reservation.status;
  throw new InstructionRefused(code, `Reservation ${reservation.sid} is ${state}, not pending`);
}

/** Our choice: one call at a time. @throws InstructionRefused while the worker is called for this reservation */
export function requireNoCall(context: CommandContext, reservation: Reservation, code: number): void {
  if (!isBeingCalled(context, reservation)) return;
  throw new InstructionRefused(
    code,
    `An earlier instruction is already calling the worker for Reservation ${reservation.sid}`,
  );
}

/** @throws InstructionRefused if the workspace does not have the activity */
export function requireActivity(
  context: CommandContext,
  { workspaceSid }: Reservation,
  activitySid: string | undefined,
  code: number,
): void {
  if (activitySid === undefined) return;
  if (context.state.find('activities', activitySid)?.workspaceSid === workspaceSid) return;
  throw new InstructionRefused(code, `Activity ${activitySid} does not exist in this Workspace`);
}
