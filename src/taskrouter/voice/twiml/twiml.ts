import type { X2jOptions } from 'fast-xml-parser';

/** An element of a TwiML document: its verb, attributes, and content. */
export interface Verb {
  readonly verb: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
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
  const [root, ...others] = (new XMLParser(settings).parse(twiml) as Node[]).filter(isElement).map(verbOf);
  if (root?.verb !== 'Response' || others.length > 0) throw new Error('the root is not Response');
  return root.children;
}

const isElement = (node: Node): boolean => !('#text' in node);

function verbOf(node: Node): Verb {
  const verb = Object.keys(node).find((name) => name !== ':@') ?? '';
  const content = node[verb] as Node[];
  return {
    verb,
    attributes: (node[':@'] ?? {}) as Record<string, string>,
    text: content.map((each) => each['#text'] ?? '').join(''),
    children: content.filter(isElement).map(verbOf),
  };
}
