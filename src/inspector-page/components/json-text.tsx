import { JsonView } from '../../../assets/design/components/json-view';
import { parseObject } from '../data/format-json';

/** A text that may be JSON: laid out if it is, and as it came if it is not. */
export function JsonText({ text }: { readonly text: string }) {
  const value = parseObject(text);
  return value === undefined ? <pre>{text}</pre> : <JsonView value={value} />;
}
