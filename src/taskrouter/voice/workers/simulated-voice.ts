import type { Cancel, Clock } from '../../../system/clock';
import type { VoiceCall } from '../../model/entities';
import type { CallUpdate } from '../calls/call-status';
import { type SimulatedCall, simulatedCallFor, usualCall } from './simulated-call';
import type { Voice } from './voice';
import { WorkerPhones } from './worker-phones';

type Attributes = Readonly<Record<string, unknown>>;
type Report = (update: CallUpdate) => void;
type Ringing = Pick<VoiceCall, 'dateCreated' | 'timeoutSeconds' | 'workerSid'>;
const nothing: Cancel = () => undefined;

/**
 * Our choice: a phone that a person holds rings as long as the call allows, unless the person does something. It is
 * decided when the call begins: if the person goes away, it rings on.
 */
const heldByPerson: SimulatedCall = { outcome: 'no-answer', after: null, talk: null };

/**
 * A simulated telephone network: each call goes as configured, for all workers or for one, or as the person decides who
 * holds the worker's phone. It uses the clock and the stored times of the call, so that a restart during a call changes
 * nothing.
 */
export class SimulatedVoice implements Voice {
  private readonly usual: SimulatedCall;

  constructor(
    private readonly clock: Clock,
    usual: Partial<SimulatedCall> = {},
    private readonly phones: Pick<WorkerPhones, 'isHeld'> = new WorkerPhones(),
  ) {
    this.usual = { ...usualCall, ...usual };
  }

  digits(workerSid: string | null, attributes: Attributes): string {
    return this.courseOf(workerSid, attributes).digits ?? '';
  }

  place(call: VoiceCall, attributes: Attributes, report: Report): Cancel {
    if (call.instruction === 'redirect')
      return this.redirect(simulatedCallFor(attributes, this.usual), report);
    const simulated = this.courseOf(call.workerSid, attributes);
    if (call.answeredAt !== null) return this.talk(call.answeredAt, simulated, report);
    return this.ring(call, simulated, report);
  }

  /** A call that no instruction places: `<Dial>`. */
  dial(ringing: Ringing, attributes: Attributes, report: Report): Cancel {
    return this.ring(ringing, this.courseOf(ringing.workerSid, attributes), report);
  }

  private courseOf(workerSid: string | null, attributes: Attributes): SimulatedCall {
    return this.phones.isHeld(workerSid) ? heldByPerson : simulatedCallFor(attributes, this.usual);
  }

  /** A redirect involves no worker's telephone, so only the outcome `failed` prevents it. */
  private redirect({ outcome }: SimulatedCall, report: Report): Cancel {
    report(outcome === 'failed' ? { kind: 'failed', failure: outcome } : { kind: 'answered' });
    return nothing;
  }

  private ring({ dateCreated, timeoutSeconds }: Ringing, simulated: SimulatedCall, report: Report): Cancel {
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
