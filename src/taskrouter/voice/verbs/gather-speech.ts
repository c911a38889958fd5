import { wholeNumber } from '../twiml/attributes';
import type { Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';

/** https://www.twilio.com/docs/voice/twiml/gather#input */
const maxMs = 60_000;

/**
 * Collects speech after the first words, until a pause of `speechTimeout`. With `auto` that is the end of the first words,
 * because speech takes no time here.
 * Source: https://www.twilio.com/docs/voice/twiml/gather#speechtimeout
 */
export async function gatherSpeech(
  first: string,
  { speechTimeout }: Verb['attributes'],
  timeoutMs: number,
  { call: { speech }, scope }: Flow,
): Promise<string> {
  const pauseMs = speechTimeout === 'auto' ? 0 : wholeNumber(speechTimeout, timeoutMs / 1000) * 1000;
  const end = scope.clock.now() + maxMs;
  let text = first;
  for (let until = scope.clock.now() + pauseMs; ; ) {
    const more = speech.takeSaid();
    if (more !== undefined) {
      text += ` ${more}`;
      until = scope.clock.now() + pauseMs;
    } else if (scope.clock.now() >= Math.min(until, end)) return text;
    else await scope.waitAtMost(Math.min(until, end), (resolve) => speech.onSay(resolve));
  }
}
