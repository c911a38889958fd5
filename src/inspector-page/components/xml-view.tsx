import type { XmlLine } from '../data/xml-lines';

/** An XML document with highlighted names and values. Its content is always text, never markup. */
export function XmlView({ lines }: { readonly lines: readonly XmlLine[] }) {
  return (
    <pre class="xml">
      {lines.map(({ depth, parts }, index) => (
        <span key={index} class="line" style={{ '--depth': depth }}>
          {'  '.repeat(depth)}
          {parts.map(({ kind, text }, at) => (
            <span key={at} class={kind}>
              {text}
            </span>
          ))}
        </span>
      ))}
    </pre>
  );
}
