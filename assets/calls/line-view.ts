import type { CallLine } from './call';

/** How a line of a conversation is shown. */
export interface LineView {
  /** What is said or pressed stands in a bubble; everything else is a note. */
  readonly kind: 'speech' | 'keys' | 'note';
  /** Whose side of the conversation it is on. */
  readonly side: 'twilio' | 'person';
  readonly speaker: string;
  /** A verb of TwiML with angle brackets, or what a person does; empty for a bubble. */
  readonly verb: string;
  /** With the ends of SIDs, as everywhere on the pages. */
  readonly text: string;
}

/** `says` is what a person says to `<Gather>`. */
const spoken: ReadonlySet<string> = new Set(['Say', 'says']);

export function lineView({ who, verb, text }: CallLine): LineView {
  const kind = spoken.has(verb) ? 'speech' : verb === 'presses' ? 'keys' : 'note';
  return {
    kind,
    side: who === 'twilio' ? 'twilio' : 'person',
    speaker: speakerOf(who),
    verb: kind === 'note' ? verbText(verb) : '',
    text: kind === 'note' ? shortened(text) : text,
  };
}

/** The parties by their names; people and addresses are called what they are. */
function speakerOf(who: string): string {
  if (who === 'twilio') return 'Twilio';
  return who === 'caller' ? 'Caller' : who;
}

/** The verbs of TwiML begin with a capital letter; what people do does not. */
function verbText(verb: string): string {
  return /^[A-Z]/.test(verb) ? `<${verb}>` : verb;
}

/** `POST /wait?language=es: 200` says enough beside the Functions. */
function shortened(text: string): string {
  return text.replace(/https?:\/\/[^/\s]+(?=\/)/, '').replace(/\b[A-Z]{2}[0-9a-f]{28}(?=[0-9a-f]{4}\b)/g, '');
}
