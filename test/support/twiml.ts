import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of a TwiML document: its verb, attributes, and content. */
export interface Verb {
  readonly verb: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Verb[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  ignoreDeclaration: true,
});

type Node = Readonly<Record<string, unknown>>;

/** The verbs of a TwiML document. @throws Error if it is not XML, or has another root */
export function verbsOf(twiml: string): readonly Verb[] {
  const valid = XMLValidator.validate(twiml);
  if (valid !== true) throw new Error(`not XML: ${valid.err.msg}`);
  const [root, ...others] = (parser.parse(twiml) as Node[]).map(verbOf);
  if (root?.verb !== 'Response' || others.length > 0) throw new Error(`not TwiML: ${twiml}`);
  return root.children;
}

function verbOf(node: Node): Verb {
  const verb = Object.keys(node).find((name) => name !== ':@') ?? '';
  const content = node[verb] as Node[];
  return {
    verb,
    attributes: (node[':@'] ?? {}) as Record<string, string>,
    text: content.map((each) => each['#text'] ?? '').join(''),
    children: content.filter((each) => !('#text' in each)).map(verbOf),
  };
}
