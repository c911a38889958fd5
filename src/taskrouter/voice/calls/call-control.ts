import { maskUrl } from '../../../common/mask-url';
import { CallRefused } from '../../model/errors';
import { type AddedParticipant, addParticipant } from '../conference/add-participant';
import type { Conference } from '../conference/conference';
import type { Participant } from '../conference/participant';
import type { StatusCallback } from '../status-callbacks/status-callback';
import { converse as converseAlone } from '../twiml/conversation';
import { Redirected } from '../twiml/redirected';
import type { Script } from '../twiml/script';
import type { VoiceServices } from '../voice-services';
import type { LiveCall } from './live-call';
import { placeCall, ring } from './place-call';
import { Dropped } from './scope';
import { converseForWorker } from './worker-conversation';

/** A call that a program places. */
export interface OutboundCall {
  readonly from: string;
  readonly to: string;
  readonly script: Script;
  /** How long the phone may ring. */
  readonly timeoutSeconds: number;
  readonly statusCallback: StatusCallback | null;
  /** The keys that are dialed after the answer. */
  readonly sendDigits?: string | undefined;
  /** How long the call may last after the answer; default: any time. */
  readonly timeLimitSeconds?: number | undefined;
}

/** What programs do with calls: https://www.twilio.com/docs/voice/api/call-resource */
export class CallControl {
  constructor(private readonly services: VoiceServices) {}

  get calls(): VoiceServices['calls'] {
    return this.services.calls;
  }

  get queues(): VoiceServices['queues'] {
    return this.services.queues;
  }

  get conferences(): VoiceServices['conferences'] {
    return this.services.conferences;
  }

  /** Calls a number, which joins the conference once somebody answers. */
  addParticipant(conference: Conference, wanted: AddedParticipant): Participant {
    return addParticipant(conference, wanted, this.services);
  }

  /** The call is queued. It rings in the next turn, and executes its TwiML once it is answered. */
  place(wanted: OutboundCall): LiveCall {
    const { from, to, statusCallback } = wanted;
    const parts = { from, to, statusCallback, direction: 'outbound-api', isQueued: true } as const;
    const call = placeCall(parts, this.services);
    void call.scope.busyWith(async () => {
      await this.carryOut(call, wanted).catch((reason) => {
        if (!(reason instanceof Dropped)) this.services.error(call, reason);
      });
    });
    return call;
  }

  private async carryOut(call: LiveCall, wanted: OutboundCall): Promise<void> {
    const { script, timeoutSeconds, sendDigits, timeLimitSeconds } = wanted;
    await new Promise(setImmediate);
    if (call.isOver) return;
    call.scope.check();
    ring(call, timeoutSeconds, this.services);
    const isConnected = await answered(call);
    if (!isConnected) return;
    if (sendDigits) call.record('twilio', 'presses', sendDigits);
    if (timeLimitSeconds !== undefined) limit(call, timeLimitSeconds);
    await converseAlone(call, this.services, script);
  }

  /**
   * Ends what the call executes, and executes this instead. A call that is only connected to another one leaves it.
   * @throws CallRefused if the call is not in progress
   */
  redirect(call: LiveCall, script: Script): void {
    if (call.status !== 'in-progress')
      throw new CallRefused(21220, 'Call is not in-progress. Cannot redirect.');
    call.record('twilio', 'is redirected', script.twiml === undefined ? maskUrl(script.url) : '');
    if (call.hasScript) call.flow?.end(new Redirected(script));
    else this.takeAway(call, script);
  }

  /** From the call that has dialed it, the caller that it is connected to, or its conference. */
  private takeAway(call: LiveCall, script: Script): void {
    const { flow: whisper } = call;
    const { conferences, queues } = this.services;
    const converse = call.reservationSid === null ? converseAlone : converseForWorker;
    void call.scope.busyWith(() => converse(call, this.services, script));
    whisper?.end(new Redirected(script));
    const { bridge = null } = queues.callers.get(call.taskSid ?? '') ?? {};
    if (bridge?.callSid === call.sid) bridge.over.set();
    conferences.of(call.sid)?.leave(call.sid, 'redirected');
  }

  /** @throws CallRefused if the call is over */
  async hangUp(call: LiveCall): Promise<void> {
    if (call.isOver) throw new CallRefused(21220, 'Call is not in-progress. Cannot hang up.');
    call.record('twilio', 'hangs up');
    // TaskRouter decides about its own calls.
    if (call.reservationSid === null) call.end('canceled');
    else if (call.answeredAt !== null) await call.report({ kind: 'ended' });
    else await this.cancelCallOfTask(call);
  }

  /** Our choice: for TaskRouter, it is as if nobody answered. Nobody at the phone did that, so that the call is `canceled`. */
  private async cancelCallOfTask({ sid }: LiveCall): Promise<void> {
    await this.services.taskRouter.execute({ type: 'CallFailed', callSid: sid, failure: 'no-answer' });
  }

  /** A call in progress goes on: https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource */
  async cancel(call: LiveCall): Promise<void> {
    if (call.isOver || call.answeredAt === null) await this.hangUp(call);
  }

  /** From now on, the call may last this long after its answer. */
  limit(call: LiveCall, seconds: number): void {
    if (!call.isOver) limit(call, seconds);
  }
}

/** Whether somebody has answered, once that is known. */
async function answered(call: LiveCall): Promise<boolean> {
  await call.until(call.scope, ({ answeredAt, isOver }) => answeredAt !== null || isOver);
  return !call.isOver;
}

function limit(call: LiveCall, seconds: number): void {
  const { scope } = call;
  const ending = async () => {
    await call.until(scope, ({ answeredAt }) => answeredAt !== null);
    await scope.until((call.answeredAt ?? 0) + seconds * 1000);
    call.record('twilio', 'hangs up', `after ${seconds} s`);
    await call.report({ kind: 'ended' });
  };
  // The call may end before.
  void scope.busyWith(() => ending().catch(() => undefined));
}
