import { JsonView } from '../../../assets/design/components/json-view';
import { parseObject } from '../data/format-json';

/** A text, formatted if it is a JSON object. */
export function JsonText({ text }: { readonly text: string }) {
  const value = parseObject(text);
  return value === undefined ? <pre>{text}</pre> : <JsonView value={value} />;
}
