import { JsonView } from '../../../assets/design/components/json-view';
import { parseObject } from '../data/format-text';
import { xmlLines } from '../data/xml-lines';
import { XmlView } from './xml-view';

/** A text, formatted if it is a JSON object or an XML document. */
export function FormattedText({ text }: { readonly text: string }) {
  const value = parseObject(text);
  if (value !== undefined) return <JsonView value={value} />;
  const lines = xmlLines(text);
  return lines === undefined ? <pre>{text}</pre> : <XmlView lines={lines} />;
}
