import type { ComponentChild } from 'preact';

/** A name with its colon, a text, or a number or word. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** JSON with its lines broken and its names told from its values; always text, whatever is in it. */
export function JsonView({ value }: { readonly value: unknown }) {
  return <pre class="json">{coloured(JSON.stringify(value, null, 2) ?? '')}</pre>;
}

function coloured(text: string): ComponentChild[] {
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
