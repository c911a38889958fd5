import type { X2jOptions } from 'fast-xml-parser';

/** An element of a TwiML document: its verb, attributes, and content. */
export interface Verb {
  readonly verb: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** With the text of everything in it: what `<Say>` speaks if it contains SSML. */
  readonly allText: string;
  readonly children: readonly Verb[];
}

const settings: X2jOptions = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // The spaces between words and SSML count; those at the ends do not.
  trimValues: false,
  attributeValueProcessor: (_, value) => value.trim(),
  // For numeric character references: Twilio's library for Python writes those for everything beyond ASCII.
  htmlEntities: true,
};

type Node = Readonly<Record<string, unknown>>;

/**
 * The verbs of a TwiML document.
 * @throws Error if it is not XML, has another root, or declares a document type: TwiML has none, and entities of its own
 * could make a short document huge
 */
export function verbsOf(twiml: string): readonly Verb[] {
  // Loaded at the first call, because the rest of the service starts without it.
  const { XMLParser, XMLValidator }: typeof import('fast-xml-parser') = require('fast-xml-parser');
  if (/<!DOCTYPE/i.test(twiml)) throw new Error('TwiML has no DOCTYPE');
  const valid = XMLValidator.validate(twiml);
  if (valid !== true) throw new Error(`not XML: ${valid.err.msg}`);
  const [undeclared] = undeclaredEntity.exec(twiml.replace(literal, '')) ?? [];
  if (undeclared) throw new Error(`not XML: the entity ${undeclared} is not declared`);
  const [root, ...others] = (new XMLParser(settings).parse(twiml) as Node[]).filter(isElement).map(verbOf);
  if (root?.verb !== 'Response' || others.length > 0) throw new Error('the root is not Response');
  return root.children;
}

/** Text in which `&` has no meaning. */
const literal = /<!\[CDATA\[.*?\]\]>|<!--.*?-->/gs;
/** XML has five entities with a name, and HTML's are not among them: https://www.w3.org/TR/xml/#sec-predefined-ent */
const undeclaredEntity = /&(?!#|(?:amp|lt|gt|quot|apos);)\w+;/;

const isElement = (node: Node): boolean => !('#text' in node);

function verbOf(node: Node): Verb {
  const verb = Object.keys(node).find((name) => name !== ':@') ?? '';
  const content = node[verb] as Node[];
  return {
    verb,
    attributes: (node[':@'] ?? {}) as Record<string, string>,
    text: content.map(ownText).join('').trim(),
    allText: allTextOf(content).trim(),
    children: content.filter(isElement).map(verbOf),
  };
}

const ownText = (node: Node): string => String(node['#text'] ?? '');

const allTextOf = (content: readonly Node[]): string =>
  content
    .map((node) => ownText(node) + Object.values(node).filter(Array.isArray).map(allTextOf).join(''))
    .join('');
