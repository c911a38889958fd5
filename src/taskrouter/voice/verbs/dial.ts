import { voiceAlerts } from '../calls/voice-alerts';
import { wholeNumber } from '../twiml/attributes';
import type { Executor, Flow, Next } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument } from '../twiml/twiml-client';
import { dialConference } from './dial-conference';
import { dialPerson } from './dial-person';
import { dialQueue } from './dial-queue';
import type { Dialed } from './dialed';
import { statusCallbackOfNoun } from './noun-status-callback';

/** https://www.twilio.com/docs/voice/twiml/dial#timeout */
const defaultTimeoutSeconds = 30;

/** Connects the call to another one. Source: https://www.twilio.com/docs/voice/twiml/dial */
export const dial: Executor = async (verb, flow, document): Promise<Next> => {
  const dialed = await dialNoun(verb, flow, document);
  const { action, method } = verb.attributes;
  if (!dialed || action === undefined) return undefined;
  return flow.request(action, method, document, {
    DialCallStatus: dialed.status,
    ...(dialed.callSid !== undefined && { DialCallSid: dialed.callSid }),
    ...(dialed.seconds !== undefined && { DialCallDuration: String(dialed.seconds) }),
    DialBridged: String(dialed.status === 'completed' || dialed.status === 'answered'),
  });
};

/** Null if it cannot be executed, after an alert. */
async function dialNoun(verb: Verb, flow: Flow, document: TwimlDocument): Promise<Dialed | null> {
  const [noun, another] = verb.children;
  const timeoutSeconds = wholeNumber(verb.attributes.timeout, defaultTimeoutSeconds);
  if (noun?.verb === 'Queue') return dialQueue(noun, timeoutSeconds, flow, document);
  if (noun?.verb === 'Conference') return dialConference(noun, flow, document);
  const address = noun ? addressOf(noun) : verb.text.trim();
  const missing = another ? '<Dial> with several nouns' : `<Dial><${noun?.verb}>`;
  if (another || address === null) {
    flow.services.alert(flow.call, voiceAlerts.notBuilt(missing));
    return null;
  }
  const statusCallback = noun ? statusCallbackOfNoun(noun.attributes, flow, document) : null;
  return dialPerson(address, { timeoutSeconds, statusCallback }, flow);
}

/** In the form of a worker's `contact_uri`; null if it is not a person. */
function addressOf({ verb, text }: Verb): string | null {
  if (verb === 'Client') return `client:${text.trim()}`;
  return verb === 'Number' || verb === 'Sip' ? text.trim() : null;
}
