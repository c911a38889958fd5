import type { ComponentChild } from 'preact';

/** A name with its colon, a string, a number or a keyword. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** Indented JSON with highlighted names and values. Its content is always text, never markup. */
export function JsonView({ value }: { readonly value: unknown }) {
  return <pre class="json">{highlighted(JSON.stringify(value, null, 2) ?? '')}</pre>;
}

function highlighted(text: string): ComponentChild[] {
  const parts: ComponentChild[] = [];
  let end = 0;
  for (const { 0: word, 1: quoted, 2: colon, index } of text.matchAll(token)) {
    const length = colon === undefined ? word.length : (quoted ?? '').length;
    parts.push(text.slice(end, index));
    parts.push(
      <span class={colon === undefined ? 'value' : 'name'}>{text.slice(index, index + length)}</span>,
    );
    end = index + length;
  }
  parts.push(text.slice(end));
  return parts;
}
