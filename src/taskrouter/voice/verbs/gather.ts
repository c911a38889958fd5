import { wholeNumber } from '../twiml/attributes';
import { type Executor, type Executors, executorOf, type Flow } from '../twiml/flow';
import { noUrl } from '../twiml/script';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument } from '../twiml/twiml-client';
import { voiceAlerts } from '../voice-alerts';
import { gatherKeys } from './gather-keys';
import { gatherSpeech } from './gather-speech';
import { pause, play, say } from './sounds';

/** https://www.twilio.com/docs/voice/twiml/gather#attributes */
const defaults = { timeoutSeconds: 5, input: 'dtmf' } as const;
const inputs = ['dtmf', 'speech'] as const;
type Input = (typeof inputs)[number];

/** What the person did, as parameters of the request that follows. */
interface Gathered {
  readonly isEmpty: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Collects keys or speech. Our choice: what the person has pressed or said before counts, and it is heard after all
 * prompts, so that a transcript shows the prompts.
 */
export const gather: Executor = async (verb, flow, document) => {
  const { input = defaults.input, actionOnEmptyResult, action, method } = verb.attributes;
  const wanted = inputs.filter((each) => input.split(/\s+/).includes(each));
  flow.call.record('twilio', 'Gather', input);
  await prompt(verb, flow, document);
  if (wanted.length === 0) {
    flow.services.alert(flow.call, voiceAlerts.notBuilt(`<Gather input="${input}">`));
    return undefined;
  }
  const gathered = await collect(verb, wanted, flow);
  if (gathered.isEmpty && actionOnEmptyResult !== 'true') return undefined;
  return flow.request(action ?? urlOf(document), method, document, {
    ...gathered.parameters,
    msg: 'Gather End',
  });
};

/** Its own, with its connection overrides; empty if it has none. */
const urlOf = ({ url }: TwimlDocument): string => (url === noUrl ? '' : url);

const prompts: Executors = { Say: say, Play: play, Pause: pause };

async function prompt({ children }: Verb, flow: Flow, document: TwimlDocument): Promise<void> {
  for (const child of children) {
    const executor = executorOf(prompts, child);
    if (executor) await executor(child, flow, document);
    else flow.services.alert(flow.call, voiceAlerts.unknownVerb(child.verb));
  }
}

/** The first input decides whether keys or speech are collected. */
async function collect({ attributes }: Verb, wanted: readonly Input[], flow: Flow): Promise<Gathered> {
  const { keypad, speech } = flow.call;
  const timeoutMs = wholeNumber(attributes.timeout, defaults.timeoutSeconds) * 1000;
  const until = flow.scope.clock.now() + timeoutMs;
  for (;;) {
    const key = wanted.includes('dtmf') ? keypad.take() : undefined;
    if (key !== undefined) return pressed(await gatherKeys(key, attributes, timeoutMs, flow), flow);
    const words = wanted.includes('speech') ? speech.take() : undefined;
    if (words !== undefined) return said(await gatherSpeech(words, attributes, timeoutMs, flow), flow);
    if (flow.scope.clock.now() >= until) return nothing(wanted);
    await flow.scope.waitAtMost(
      until,
      (resolve) => keypad.onPress(resolve),
      (resolve) => speech.onSay(resolve),
    );
  }
}

function pressed(
  { digits, finishedOnKey }: Awaited<ReturnType<typeof gatherKeys>>,
  { call }: Flow,
): Gathered {
  if (digits) call.record(call.person, 'presses', digits + finishedOnKey);
  return { isEmpty: digits === '', parameters: { Digits: digits, FinishedOnKey: finishedOnKey } };
}

/** Our choice: speech is understood with certainty. */
function said(text: string, { call }: Flow): Gathered {
  call.record(call.person, 'says', text);
  return { isEmpty: false, parameters: { SpeechResult: text, Confidence: '1.0' } };
}

/** Our choice: an empty value for each kind of input; Twilio documents none. */
const nothing = (wanted: readonly Input[]): Gathered => ({
  isEmpty: true,
  parameters: {
    ...(wanted.includes('dtmf') && { Digits: '', FinishedOnKey: '' }),
    ...(wanted.includes('speech') && { SpeechResult: '' }),
  },
});
