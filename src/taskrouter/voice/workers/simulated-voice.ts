import type { Cancel, Clock } from '../../../system/clock';
import type { VoiceCall } from '../../model/entities';
import type { CallUpdate } from '../calls/call-status';
import { type SimulatedCall, simulatedCallFor, usualCall } from './simulated-call';
import type { Voice } from './voice';

type Report = (update: CallUpdate) => void;
const nothing: Cancel = () => undefined;

/**
 * A simulated telephone network: each call goes as configured, for all workers or for one. It uses the clock and the
 * stored times of the call, so that a restart during a call changes nothing.
 */
export class SimulatedVoice implements Voice {
  private readonly usual: SimulatedCall;

  constructor(
    private readonly clock: Clock,
    usual: Partial<SimulatedCall> = {},
  ) {
    this.usual = { ...usualCall, ...usual };
  }

  digits(attributes: Readonly<Record<string, unknown>>): string {
    return simulatedCallFor(attributes, this.usual).digits ?? '';
  }

  place(call: VoiceCall, attributes: Readonly<Record<string, unknown>>, report: Report): Cancel {
    const simulated = simulatedCallFor(attributes, this.usual);
    if (call.instruction === 'redirect') return this.redirect(simulated, report);
    if (call.answeredAt !== null) return this.talk(call.answeredAt, simulated, report);
    return this.ring(call, simulated, report);
  }

  /** A call that no instruction places: `<Dial>`. */
  dial(
    timing: Pick<VoiceCall, 'dateCreated' | 'timeoutSeconds'>,
    attributes: Readonly<Record<string, unknown>>,
    report: Report,
  ): Cancel {
    return this.ring(timing, simulatedCallFor(attributes, this.usual), report);
  }

  /** A redirect involves no worker's telephone, so only the outcome `failed` prevents it. */
  private redirect({ outcome }: SimulatedCall, report: Report): Cancel {
    report(outcome === 'failed' ? { kind: 'failed', failure: outcome } : { kind: 'answered' });
    return nothing;
  }

  private ring(
    { dateCreated, timeoutSeconds }: Pick<VoiceCall, 'dateCreated' | 'timeoutSeconds'>,
    simulated: SimulatedCall,
    report: Report,
  ): Cancel {
    const { outcome } = simulated;
    const after = simulated.after ?? (outcome === 'no-answer' ? timeoutSeconds : 0);
    const isGivenUp = after > timeoutSeconds;
    let hangUp = nothing;
    const cancel = this.at(dateCreated + Math.min(after, timeoutSeconds) * 1000, () => {
      if (isGivenUp) return report({ kind: 'failed', failure: 'no-answer' });
      if (outcome !== 'answered') return report({ kind: 'failed', failure: outcome });
      report({ kind: 'answered' });
      hangUp = this.talk(this.clock.now(), simulated, report);
    });
    return () => {
      cancel();
      hangUp();
    };
  }

  private talk(since: number, { talk }: SimulatedCall, report: Report): Cancel {
    return talk === null ? nothing : this.at(since + talk * 1000, () => report({ kind: 'ended' }));
  }

  /** Runs `happen` at `time`, or now if that has passed. A clock that wakes too early is set again. */
  private at(time: number, happen: () => void): Cancel {
    let cancel = nothing;
    const look = () => {
      if (this.clock.now() >= time) happen();
      else cancel = this.clock.wakeAt(time, look);
    };
    look();
    return () => cancel();
  }
}
