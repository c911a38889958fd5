import type { Executor, Executors } from '../twiml/flow';
import { gather } from './gather';
import { redirect } from './redirect';
import { reject } from './reject';
import { pause, play, say } from './sounds';

/**
 * Before the caller is connected: https://www.twilio.com/docs/voice/twiml/queue#url
 * While a conference has not started: https://www.twilio.com/docs/voice/twiml/conference#attributes-waiturl
 */
export const announcementVerbs: Executors = {
  Say: say,
  Play: play,
  Pause: pause,
  Redirect: redirect,
};

const hangup: Executor = (_verb, flow) => {
  flow.call.record('twilio', 'Hangup');
  return 'hangup';
};

/** While the caller waits: https://www.twilio.com/docs/voice/twiml/enqueue#waiturl */
export const waitVerbs: Executors = {
  ...announcementVerbs,
  Gather: gather,
  Leave: (_verb, flow) => {
    flow.call.record('twilio', 'Leave');
    return 'leave';
  },
  Hangup: hangup,
};

/** Of a document that somebody hears before being connected: https://www.twilio.com/docs/voice/twiml/number#attributes-url */
export const whisperVerbs: Executors = { ...announcementVerbs, Gather: gather, Hangup: hangup };

/** Of a document that is not a waiting caller's. <Leave> has no effect there. */
export const callVerbs: Executors = { ...waitVerbs, Leave: () => undefined, Reject: reject };
