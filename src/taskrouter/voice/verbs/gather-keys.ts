import { wholeNumber } from '../twiml/attributes';
import type { Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';

/** https://www.twilio.com/docs/voice/twiml/gather#finishonkey */
const defaultFinishOnKey = '#';

/** What a person pressed. */
interface Keys {
  readonly digits: string;
  /** Empty if the number of digits or the time ended it. */
  readonly finishedOnKey: string;
}

/** Collects keys after the first one. The timeout starts anew with every key. */
export async function gatherKeys(
  first: string,
  attributes: Verb['attributes'],
  timeoutMs: number,
  flow: Flow,
): Promise<Keys> {
  const max = wholeNumber(attributes.numDigits, Number.POSITIVE_INFINITY);
  const finishOnKey = attributes.finishOnKey ?? defaultFinishOnKey;
  let digits = '';
  for (let key: string | undefined = first; key !== undefined; key = await nextKey(flow, timeoutMs)) {
    if (finishOnKey.includes(key)) return { digits, finishedOnKey: key };
    digits += key;
    if (digits.length >= max) break;
  }
  return { digits, finishedOnKey: '' };
}

/** Undefined if no key is pressed in time. */
async function nextKey({ call: { keypad }, scope }: Flow, timeoutMs: number): Promise<string | undefined> {
  const until = scope.clock.now() + timeoutMs;
  for (;;) {
    const key = keypad.take();
    if (key !== undefined || scope.clock.now() >= until) return key;
    await scope.waitAtMost(until, (resolve) => keypad.onPress(resolve));
  }
}
