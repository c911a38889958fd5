import { phone } from '../../model/instruction-readers';
import { flag, wholeNumber } from '../twiml/attributes';
import type { Executor, Flow, Next } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument, TwimlRequest } from '../twiml/twiml-client';
import { voiceAlerts } from '../voice-alerts';
import { dialConference } from './dial-conference';
import { type DialSettings, dialPeople } from './dial-people';
import { dialQueue } from './dial-queue';
import type { Dialed } from './dialed';
import type { Person } from './dialed-person';
import { statusCallbackOfNoun } from './noun-status-callback';

/** https://www.twilio.com/docs/voice/twiml/dial#dial-attributes: four hours are also the longest call. */
const defaults = { timeoutSeconds: 30, timeLimitSeconds: 14_400 } as const;
/** https://www.twilio.com/docs/voice/twiml/number */
const maxPeople = 10;

/** Connects the call to another one. Source: https://www.twilio.com/docs/voice/twiml/dial */
export const dial: Executor = async (verb, flow, document): Promise<Next> => {
  const dialed = await dialNouns(verb, flow, document);
  const request = dialed ? afterwards(verb, flow, document, dialed) : undefined;
  // A caller who has hung up does not hear what it responds.
  if (request && flow.call.isOver) await flow.notify(request);
  return request;
};

/** The request to the `action` URL; undefined if there is none, and the next verb follows. */
function afterwards(
  { attributes: { action, method } }: Verb,
  flow: Flow,
  document: TwimlDocument,
  { status, callSid, seconds, isBridged = status === 'completed' || status === 'answered' }: Dialed,
): TwimlRequest | undefined {
  if (action === undefined) return undefined;
  return flow.request(action, method, document, {
    DialCallStatus: status,
    ...(callSid !== undefined && { DialCallSid: callSid }),
    ...(seconds !== undefined && { DialCallDuration: String(seconds) }),
    DialBridged: String(isBridged),
  });
}

/** The result, also when the caller has hung up; null if it cannot be executed, after an alert. */
async function dialNouns(verb: Verb, flow: Flow, document: TwimlDocument): Promise<Dialed | null> {
  const [noun, ...others] = verb.children;
  const settings = settingsOf(verb, flow);
  if (others.length === 0 && (noun?.verb === 'Queue' || noun?.verb === 'Conference')) {
    flow.call.answer();
    if (noun.verb === 'Queue') return dialQueue(noun, settings.timeoutSeconds, flow, document);
    return dialConference(noun, settings, flow, document);
  }
  const people = peopleOf(verb, flow, document);
  return people && dialPeople(people, settings, flow);
}

function settingsOf({ attributes }: Verb, { call }: Flow): DialSettings {
  return {
    callerId: attributes.callerId || call.from,
    timeoutSeconds: wholeNumber(attributes.timeout, defaults.timeoutSeconds),
    timeLimitSeconds: wholeNumber(attributes.timeLimit, defaults.timeLimitSeconds),
    hangupOnStar: flag(attributes.hangupOnStar, false),
    sequential: flag(attributes.sequential, false),
  };
}

/** Those with an address. Null if one of the nouns is no person. Both after an alert. */
function peopleOf(verb: Verb, flow: Flow, document: TwimlDocument): Person[] | null {
  return nounsOf(verb, flow, document)?.filter(({ address }) => isReachable(address, flow)) ?? null;
}

function isReachable(address: string, { services, call }: Flow): boolean {
  const isAddress = phone.read(address) !== undefined;
  if (!isAddress) services.alert(call, voiceAlerts.notAnAddress(address));
  return isAddress;
}

/** Our choice: only the first ten are called. */
function nounsOf({ children, text }: Verb, flow: Flow, document: TwimlDocument): Person[] | null {
  if (children.length === 0) return [{ address: text.trim(), statusCallback: null, whisper: null }];
  const other = children.find((noun) => addressOf(noun) === null);
  if (other) {
    const what =
      children.length > 1 ? `<Dial> with <${other.verb}> and other nouns` : `<Dial><${other.verb}>`;
    flow.services.alert(flow.call, voiceAlerts.notBuilt(what));
    return null;
  }
  if (children.length > maxPeople) flow.services.alert(flow.call, voiceAlerts.tooManyNouns(maxPeople));
  return children.slice(0, maxPeople).map((noun) => personOf(noun, flow, document));
}

function personOf(noun: Verb, flow: Flow, document: TwimlDocument): Person {
  const { url, method } = noun.attributes;
  return {
    address: addressOf(noun) ?? '',
    statusCallback: statusCallbackOfNoun(noun.attributes, flow, document),
    whisper: url ? flow.request(url, method, document) : null,
  };
}

/** In the form of a worker's `contact_uri`; null if it is not a person. */
function addressOf({ verb, text, children }: Verb): string | null {
  // Source: https://www.twilio.com/docs/voice/twiml/client#custom-parameters: with <Parameter>, the name is in <Identity>.
  const identity = children.find(({ verb: each }) => each === 'Identity') ?? { text };
  if (verb === 'Client') return `client:${identity.text.trim()}`;
  return verb === 'Number' || verb === 'Sip' ? text.trim() : null;
}
