import { Latch } from '../calls/latch';
import { orHungUp } from '../calls/scope';
import type { Flow } from '../twiml/flow';
import type { Dialed } from './dialed';
import { DialedPerson, type Person } from './dialed-person';
import { isStarred } from './star-key';

/** The attributes of `<Dial>`: https://www.twilio.com/docs/voice/twiml/dial#dial-attributes */
export interface DialSettings {
  readonly callerId: string;
  /** How long each phone rings. */
  readonly timeoutSeconds: number;
  /** How long the two talk at most. */
  readonly timeLimitSeconds: number;
  readonly hangupOnStar: boolean;
  /** Calls one after the other, not all at once. */
  readonly sequential: boolean;
}

/** Calls people, connects the first to be reached, and hangs up on the others. Ends when one of the two hangs up. */
export async function dialPeople(
  people: readonly Person[],
  settings: DialSettings,
  flow: Flow,
): Promise<Dialed> {
  let dialed: Dialed = { status: 'failed', callSid: '', seconds: 0 };
  if (people.length === 0) return dialed;
  const rounds = settings.sequential ? people.map((person) => [person]) : [people];
  for (const round of rounds) {
    dialed = await new Round(round, settings, flow).run();
    if (dialed.isBridged || flow.call.isOver) break;
  }
  return dialed;
}

/** People who are called at the same time. */
class Round {
  private readonly dialed: readonly DialedPerson[];
  /** The first to be reached; null if nobody is; or an unexpected error. */
  private readonly reached = new Latch<DialedPerson | null | Error>();
  /** Our choice: how the last one ended is how the attempt ended, if nobody is reached. */
  private last: DialedPerson | undefined;
  private isBridged = false;

  constructor(
    people: readonly Person[],
    private readonly settings: DialSettings,
    private readonly flow: Flow,
  ) {
    this.dialed = people.map((person) => new DialedPerson(person, settings.callerId, flow));
    this.last = this.dialed[0];
  }

  /** Our choice: a call is canceled if the caller hangs up before anybody answers. */
  async run(): Promise<Dialed> {
    try {
      const first = await orHungUp(this.reach());
      if (first) await orHungUp(this.talk(first));
    } finally {
      // A call that a program has sent to other TwiML goes on.
      for (const { call } of this.dialed) if (!call.hasScript) call.end('canceled');
    }
    return this.result();
  }

  private async reach(): Promise<DialedPerson | null> {
    const { scope } = this.flow;
    let left = this.dialed.length;
    for (const one of this.dialed)
      void scope
        .busyWith(async () => {
          const isReached = await one.reach(this.settings.timeoutSeconds, scope);
          left -= 1;
          if (!this.reached.hasHappened) this.last = one;
          if (isReached || left === 0) this.reached.set(isReached ? one : null);
        })
        .catch((error) => this.reached.set(error));
    const first = await this.reached.wait(scope);
    if (first instanceof Error) throw first;
    return first;
  }

  private async talk({ call: other }: DialedPerson): Promise<void> {
    const { call, scope } = this.flow;
    this.isBridged = true;
    for (const { call: each } of this.dialed) if (each !== other) each.end('canceled');
    call.answer();
    const limit = scope.clock.now() + this.settings.timeLimitSeconds * 1000;
    const isThere = () => !other.isOver && !other.hasScript;
    while (isThere() && scope.clock.now() < limit && !isStarred(call, this.settings.hangupOnStar))
      await scope.waitAtMost(
        limit,
        (resolve) => other.onChange(resolve),
        (resolve) => call.keypad.onPress(resolve),
      );
    if (other.isOver) call.record(other.person, 'hangs up');
  }

  private result(): Dialed {
    const call = this.last?.call;
    if (!call) return { status: 'failed', callSid: '', seconds: 0 };
    const { isBridged } = this;
    // Our choice: `completed` for a call that has gone to other TwiML. Its duration is not sent, as documented.
    if (call.hasScript) return { status: 'completed', callSid: call.sid, isBridged };
    return { status: call.status, callSid: call.sid, seconds: call.seconds, isBridged };
  }
}
