import { Latch } from '../calls/latch';
import type { LiveCall } from '../calls/live-call';
import { placeCall, ring } from '../calls/place-call';
import { HungUp, type Scope } from '../calls/scope';
import type { StatusCallback } from '../status-callbacks/status-callback';
import { Flow } from '../twiml/flow';
import { TwimlFailed } from '../twiml/read-twiml';
import { Redirected } from '../twiml/redirected';
import type { TwimlRequest } from '../twiml/twiml-client';
import { whisperVerbs } from './verbs';

/** Somebody whom `<Dial>` calls. */
export interface Person {
  /** In the form of a worker's `contact_uri`. */
  readonly address: string;
  readonly statusCallback: StatusCallback | null;
  /** TwiML that this person hears before the two are connected. */
  readonly whisper: TwimlRequest | null;
}

/** The call to somebody, from ringing to its end. */
export class DialedPerson {
  readonly call: LiveCall;

  constructor(
    private readonly person: Person,
    from: string,
    private readonly flow: Flow,
  ) {
    const { call, services } = flow;
    const { address: to, statusCallback } = person;
    const parent = { parentCallSid: call.sid, taskSid: call.taskSid };
    this.call = placeCall({ from, to, direction: 'outbound-dial', ...parent, statusCallback }, services);
    call.record(this.call.person, 'is called', to);
  }

  /**
   * Rings, and lets the person hear what is meant for them. Resolves with whether the person is to be connected.
   * @param scope of the call that dials @throws the reason if it ends first
   */
  async reach(timeoutSeconds: number, scope: Scope): Promise<boolean> {
    const { call } = this;
    const { call: dialing, services } = this.flow;
    ring(call, timeoutSeconds, services);
    await call.until(scope, ({ answeredAt, isOver }) => answeredAt !== null || isOver);
    if (call.answeredAt !== null) {
      dialing.record(call.person, 'answers');
      await this.whisper().wait(scope);
    } else if (call.status !== 'canceled') dialing.record(call.person, 'does not answer', call.status);
    return !call.isOver && !call.hasScript;
  }

  /** Happens when the person has heard the TwiML, or has hung up. */
  private whisper(): Latch<void> {
    const { call } = this;
    const heard = new Latch<void>();
    const { whisper } = this.person;
    if (!whisper) heard.set();
    else
      void call.scope.busyWith(async () => {
        await this.hear(whisper);
        // Announced before this is no longer busy, so that no clock advances in between.
        heard.set();
      });
    return heard;
  }

  /** Our choice: if there is no TwiML, which its alert says, the two are connected without it. */
  private async hear(request: TwimlRequest): Promise<void> {
    const { call } = this;
    const { call: dialing, services } = this.flow;
    const scope = call.scope.child();
    call.flow = scope;
    const parameters = () => ({ ParentCallSid: dialing.sid });
    try {
      const ending = await new Flow({ call, services, scope, executors: whisperVerbs, parameters }).run(
        request,
      );
      if (ending === 'hangup') call.end();
      else dialing.record('twilio', 'connects', call.person);
    } catch (error) {
      if (error instanceof TwimlFailed) dialing.record('twilio', 'connects', call.person);
      else if (!(error instanceof HungUp || error instanceof Redirected)) services.error(call, error);
    } finally {
      if (call.flow === scope) call.flow = null;
    }
  }
}
