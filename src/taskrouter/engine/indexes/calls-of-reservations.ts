import type { VoiceCall } from '../../model/entities';
import type { EntityState } from '../state/entity-state';

/** Index of the telephone calls in progress, by reservation. */
export class CallsOfReservations {
  private readonly calls = new Map<string, Map<string, VoiceCall>>();

  constructor(state: EntityState) {
    state.listen('calls', (before, after) => {
      const call = after ?? before;
      if (call) this.place(call, after !== undefined);
    });
  }

  of(reservationSid: string): readonly VoiceCall[] {
    return [...(this.calls.get(reservationSid)?.values() ?? [])];
  }

  private place(call: VoiceCall, isInProgress: boolean): void {
    const calls = this.calls.get(call.reservationSid) ?? new Map<string, VoiceCall>();
    if (isInProgress) calls.set(call.sid, call);
    else calls.delete(call.sid);
    if (calls.size === 0) this.calls.delete(call.reservationSid);
    else this.calls.set(call.reservationSid, calls);
  }
}
