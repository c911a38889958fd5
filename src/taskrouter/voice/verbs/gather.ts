import type { Scope } from '../calls/scope';
import { voiceAlerts } from '../calls/voice-alerts';
import { wholeNumber } from '../twiml/attributes';
import type { Executor, Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument } from '../twiml/twiml-client';
import { pause, play, say } from './sounds';

/** https://www.twilio.com/docs/voice/twiml/gather#attributes */
const defaults = { timeoutSeconds: 5, finishOnKey: '#', input: 'dtmf' } as const;

/** What the caller pressed. */
interface Pressed {
  readonly digits: string;
  /** Empty if the number of digits or the time ended it. */
  readonly finishedOnKey: string;
}

/**
 * Collects keys. Our choice: keys that the caller has pressed before count, and they are heard after all prompts, so that
 * a transcript shows the prompts.
 */
export const gather: Executor = async (verb, flow, document) => {
  const { input = defaults.input, actionOnEmptyResult = 'false' } = verb.attributes;
  flow.call.record('twilio', 'Gather', input);
  await prompt(verb, flow, document);
  if (!input.split(/\s+/).includes('dtmf')) {
    flow.services.alert(flow.call, voiceAlerts.notBuilt(`<Gather input="${input}">`));
    return undefined;
  }
  const pressed = await collect(verb, flow);
  if (pressed.digits) flow.call.record(flow.call.person, 'presses', pressed.digits + pressed.finishedOnKey);
  if (!pressed.digits && actionOnEmptyResult !== 'true') return undefined;
  const { action, method } = verb.attributes;
  return flow.request(action ?? document.url, method, document, {
    Digits: pressed.digits,
    FinishedOnKey: pressed.finishedOnKey,
    msg: 'Gather End',
  });
};

const prompts: Readonly<Record<string, Executor>> = { Say: say, Play: play, Pause: pause };

async function prompt({ children }: Verb, flow: Flow, document: TwimlDocument): Promise<void> {
  for (const child of children) {
    const executor = prompts[child.verb];
    if (executor) await executor(child, flow, document);
    else flow.services.alert(flow.call, voiceAlerts.unknownVerb(child.verb));
  }
}

/** The timeout starts anew with every key. */
async function collect({ attributes }: Verb, { call, scope }: Flow): Promise<Pressed> {
  const max = wholeNumber(attributes.numDigits, Number.POSITIVE_INFINITY);
  const finishOnKey = attributes.finishOnKey ?? defaults.finishOnKey;
  const timeoutMs = wholeNumber(attributes.timeout, defaults.timeoutSeconds) * 1000;
  let digits = '';
  while (digits.length < max) {
    const key = call.keypad.take() ?? (await nextKey(call, scope, timeoutMs));
    if (key === undefined) break;
    if (finishOnKey.includes(key)) return { digits, finishedOnKey: key };
    digits += key;
  }
  return { digits, finishedOnKey: '' };
}

/** Undefined if no key is pressed in time. */
async function nextKey(
  { keypad }: Flow['call'],
  scope: Scope,
  timeoutMs: number,
): Promise<string | undefined> {
  const until = scope.clock.now() + timeoutMs;
  for (;;) {
    await scope.waitAtMost(until, (resolve) => keypad.onPress(resolve));
    const key = keypad.take();
    if (key !== undefined || scope.clock.now() >= until) return key;
  }
}
