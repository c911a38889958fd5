import { JsonView } from '../../../assets/design/components/json-view';

/** A text that may be JSON: laid out if it is, and as it came if it is not. */
export function JsonText({ text }: { readonly text: string }) {
  const value = objectFrom(text);
  return value === undefined ? <pre>{text}</pre> : <JsonView value={value} />;
}

/** A lone number or word is easier to read as it came. */
export function objectFrom(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
