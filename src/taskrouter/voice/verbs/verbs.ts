import type { Executors } from '../twiml/flow';
import { gather } from './gather';
import { reject } from './reject';
import { pause, play, say } from './sounds';

/** Before the caller is connected: https://www.twilio.com/docs/voice/twiml/queue#url */
export const announcementVerbs: Executors = {
  Say: say,
  Play: play,
  Pause: pause,
  Redirect: ({ text, attributes: { method } }, flow, document) => {
    flow.call.record('twilio', 'Redirect', text);
    return flow.request(text, method, document);
  },
};

/** While the caller waits: https://www.twilio.com/docs/voice/twiml/enqueue#waiturl */
export const waitVerbs: Executors = {
  ...announcementVerbs,
  Gather: gather,
  Leave: (_verb, flow) => {
    flow.call.record('twilio', 'Leave');
    return 'leave';
  },
  Hangup: (_verb, flow) => {
    flow.call.record('twilio', 'Hangup');
    return 'hangup';
  },
};

/** Of a document that is not a waiting caller's. <Leave> has no effect there. */
export const callVerbs: Executors = { ...waitVerbs, Leave: () => undefined, Reject: reject };
