import { Latch } from '../calls/latch';
import { orHungUp } from '../calls/scope';
import { type QueuedCaller, waitedSeconds } from '../queues/caller-queue';
import { isQueueName } from '../queues/caller-queues';
import type { Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument } from '../twiml/twiml-client';
import { voiceAlerts } from '../voice-alerts';
import { dialReservation } from './dial-reservation';
import type { Dialed } from './dialed';

/**
 * Connects a caller in a queue: that of a reservation, or the one at the front.
 * Source: https://www.twilio.com/docs/voice/twiml/queue
 */
export function dialQueue(
  noun: Verb,
  timeoutSeconds: number,
  flow: Flow,
  document: TwimlDocument,
): Promise<Dialed> {
  const { reservationSid, postWorkActivitySid } = noun.attributes;
  const connect = (caller: QueuedCaller) => talkTo(caller, noun, flow, document);
  if (reservationSid) return dialReservation(reservationSid, postWorkActivitySid, flow, connect);
  return dialNamed(noun.text.trim(), timeoutSeconds, flow, connect);
}

/**
 * Waits for a caller if there is none. Our choice: `failed` if there is no such queue, and `no-answer` if nobody comes in
 * time; Twilio documents no words.
 */
async function dialNamed(
  name: string,
  timeoutSeconds: number,
  { call, scope, services }: Flow,
  connect: (caller: QueuedCaller) => Promise<Dialed>,
): Promise<Dialed> {
  if (!isQueueName(name)) services.alert(call, voiceAlerts.dialQueueName(name));
  call.record('twilio', 'Dial', `Queue ${name}`);
  const queue = services.queues.find(name);
  const caller = await queue?.takeFront(scope, scope.clock.now() + timeoutSeconds * 1000);
  if (caller) return connect(caller);
  return { status: queue ? 'no-answer' : 'failed', callSid: '', seconds: 0 };
}

/** Takes the caller out of the queue. Ends when one of the two has hung up. */
async function talkTo(
  caller: QueuedCaller,
  { attributes: { url, method } }: Verb,
  flow: Flow,
  document: TwimlDocument,
): Promise<Dialed> {
  const { call, scope } = flow;
  const over = new Latch<void>();
  caller.connect({
    callSid: call.sid,
    name: call.person === 'caller' ? call.from : call.person,
    announcement: url
      ? flow.request(url, method, document, {
          QueueSid: caller.queue.sid,
          QueueTime: String(waitedSeconds(caller, scope.clock.now())),
          DequeingCallSid: call.sid,
        })
      : undefined,
    over,
    // The TwiML of this call goes on by itself when the caller has gone.
    hangUp: async () => undefined,
  });
  await orHungUp(caller.gone.wait(scope)).finally(() => over.set());
  const { call: other, connectedAt } = caller;
  if (connectedAt === null) return { status: 'no-answer', callSid: other.sid, seconds: 0 };
  const seconds = Math.floor((scope.clock.now() - connectedAt) / 1000);
  return { status: 'completed', callSid: other.sid, seconds };
}
