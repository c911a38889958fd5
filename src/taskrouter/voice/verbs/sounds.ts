import { maskUrl } from '../../../common/mask-url';
import { wholeNumber } from '../twiml/attributes';
import type { Executor } from '../twiml/flow';

/** Our choice: speech takes no time, so that a test does not have to wait for it. */
export const say: Executor = ({ allText }, { call }) => {
  call.record('twilio', 'Say', allText);
  return undefined;
};

/** Our choice: a sound is not fetched, and takes no time. */
export const play: Executor = ({ text }, { call }) => {
  call.record('twilio', 'Play', maskUrl(text));
  return undefined;
};

/** https://www.twilio.com/docs/voice/twiml/pause#attributes-length */
const defaultSeconds = 1;

export const pause: Executor = async ({ attributes }, { call, scope }) => {
  const seconds = wholeNumber(attributes.length, defaultSeconds);
  call.record('twilio', 'Pause', `${seconds} s`);
  await scope.until(scope.clock.now() + seconds * 1000);
  return undefined;
};
