/** A piece of a line; a mark is a bracket or another sign of the syntax. */
export interface XmlPart {
  readonly kind: 'name' | 'value' | 'text' | 'mark';
  readonly text: string;
}

/** One element, or a part of it. */
export interface XmlLine {
  readonly depth: number;
  readonly parts: readonly XmlPart[];
}

/** A comment, CDATA, a tag, or text. The end of a truncated document may lack its closing sign. */
const token = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<(?:"[^"]*"|'[^']*'|[^"'>])*>?|[^<]+/g;
const attribute = /([\w:.-]+)(\s*=\s*)("[^"]*"|'[^']*')/g;

/**
 * An XML document with one element on each line, as people read it; an element with nothing but text takes one line. It
 * never fails: what is not XML is shown as text. Undefined if the text does not begin like XML.
 */
export function xmlLines(text: string): readonly XmlLine[] | undefined {
  if (!/^\s*<[?!\w]/.test(text)) return undefined;
  const tokens = (text.match(token) ?? []).map((each) => each.trim()).filter(Boolean);
  const lines: XmlLine[] = [];
  let depth = 0;
  for (let index = 0; index < tokens.length; ) {
    const together = lengthOfElement(tokens, index);
    const first = tokens[index] as string;
    if (isClosing(first)) depth = Math.max(0, depth - 1);
    lines.push({ depth, parts: tokens.slice(index, index + together).flatMap(partsOf) });
    if (together === 1 && isOpening(first)) depth += 1;
    index += together;
  }
  return lines;
}

/** How many tokens belong on one line: an opening tag takes its text and its closing tag along. */
function lengthOfElement(tokens: readonly string[], index: number): number {
  const [first = '', second = '', third = ''] = tokens.slice(index, index + 3);
  if (!isOpening(first)) return 1;
  if (isClosing(second)) return 2;
  return !isOpening(second) && isText(second) && isClosing(third) ? 3 : 1;
}

const isText = (part: string): boolean => !part.startsWith('<') || part.startsWith('<![CDATA[');
const isClosing = (part: string): boolean => part.startsWith('</');
const isOpening = (part: string): boolean => /^<\w[\s\S]*>$/.test(part) && !part.endsWith('/>');

function partsOf(part: string): XmlPart[] {
  const [, start, name, rest = ''] = /^(<[/?]?)([\w:.-]+)([\s\S]*)$/.exec(part) ?? [];
  if (start === undefined || name === undefined)
    return [{ kind: part.startsWith('<!--') ? 'mark' : 'text', text: part }];
  return [{ kind: 'mark', text: start }, { kind: 'name', text: name }, ...attributesOf(rest)];
}

/** What follows the name in a tag. */
function attributesOf(rest: string): XmlPart[] {
  const parts: XmlPart[] = [];
  let end = 0;
  for (const { 0: whole, 1: name = '', 2: equals = '', 3: value = '', index } of rest.matchAll(attribute)) {
    parts.push({ kind: 'mark', text: `${rest.slice(end, index)}${name}${equals}` });
    parts.push({ kind: 'value', text: value });
    end = index + whole.length;
  }
  return [...parts, { kind: 'mark', text: rest.slice(end) }];
}
