import { StoreFailed } from '../../store/store';
import { DeliveryStopped } from '../../webhooks/transport';
import type { LiveCall } from '../calls/live-call';
import { Dropped, HungUp } from '../calls/scope';
import { dial } from '../verbs/dial';
import { enqueue } from '../verbs/enqueue';
import { callVerbs } from '../verbs/verbs';
import type { VoiceServices } from '../voice-services';
import { type Executors, Flow } from './flow';
import { TwimlFailed } from './read-twiml';
import { type Continuation, Redirected } from './redirected';
import type { Script } from './script';
import type { TwimlRequest } from './twiml-client';

/** What Twilio says to the caller when there is no TwiML: https://www.twilio.com/docs/api/errors/11200 */
const applicationError = 'We are sorry, an application error has occurred. Goodbye.';
const executors: Executors = { ...callVerbs, Enqueue: enqueue, Dial: dial };

/** A whole call, which is over afterwards. Never rejects. */
export async function converse(call: LiveCall, services: VoiceServices, script: Script): Promise<void> {
  call.beginScript();
  try {
    await untilEnd(call, services, script);
  } catch (error) {
    if (error instanceof Dropped) return;
    if (error instanceof TwimlFailed) apologize(call);
    else if (!isEnd(error)) services.error(call, error);
  }
  call.end();
}

function apologize(call: LiveCall): void {
  if (call.isOver) return;
  call.answer();
  call.record('twilio', 'Say', applicationError);
}

/** Why a call may end. A store failure was reported where it occurred. */
const isEnd = (error: unknown): boolean =>
  [HungUp, DeliveryStopped, StoreFailed].some((kind) => error instanceof kind);

async function untilEnd(call: LiveCall, services: VoiceServices, first: Script): Promise<void> {
  let script = first;
  let next: TwimlRequest | Continuation = begin(script);
  for (;;) {
    const scope = call.scope.child();
    call.flow = scope;
    try {
      const flow = new Flow({ call, services, scope, executors });
      await (typeof next === 'function' ? next(flow) : flow.run(next));
      return;
    } catch (error) {
      if (error instanceof Redirected) {
        if (typeof error.to !== 'function') script = error.to;
        next = typeof error.to === 'function' ? error.to : begin(error.to);
      } else if (error instanceof TwimlFailed && script.fallbackUrl && !isFallback(next)) {
        next = fallback(script.fallbackUrl, script, error);
      } else throw error;
    }
  }
}

const begin = ({ url, twiml, method = 'POST' }: Script): TwimlRequest => ({ url, twiml, method });

const isFallback = (next: TwimlRequest | Continuation): boolean =>
  typeof next !== 'function' && next.role === 'fallback';

const fallback = (
  url: string,
  { url: failed, fallbackMethod = 'POST' }: Script,
  { alert }: TwimlFailed,
): TwimlRequest => ({
  url,
  method: fallbackMethod,
  role: 'fallback',
  parameters: { ErrorCode: String(alert.code), ErrorUrl: failed },
});
