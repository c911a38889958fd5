import type { Verb } from './twiml';

/** Attributes that ask for something that does not happen here: nothing is recorded, and nobody refers a call. */
const ignored: Readonly<Record<string, readonly string[]>> = {
  Dial: ['record', 'recordingStatusCallback', 'referUrl', 'ringTone'],
  Number: ['amdStatusCallback', 'machineDetection', 'sendDigits'],
  Client: ['amdStatusCallback', 'machineDetection'],
  Sip: ['amdStatusCallback', 'machineDetection'],
  Conference: ['eventCallbackUrl', 'record', 'recordingStatusCallback'],
  Gather: ['partialResultCallback'],
};

/** Values by which a document asks for nothing. */
const isNothing = (value: string): boolean => ['', 'do-not-record', 'false'].includes(value);

/** The attributes of a verb and its nouns that have no effect although they should: `record of <Dial>`. */
export const ignoredAttributes = (verb: Verb): readonly string[] =>
  [verb, ...verb.children].flatMap(({ verb: name, attributes }) => {
    const names = Object.keys(attributes).filter(
      (each) => ignored[name]?.includes(each) && !isNothing(attributes[each] ?? ''),
    );
    return names.length > 0 ? [`${names.join(' and ')} of <${name}>`] : [];
  });
