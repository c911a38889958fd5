/** An object, so that white space and the order of keys do not count; the text itself where it is none. */
export function parseObject<Value extends object>(text: string): Value | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Value) : text;
  } catch {
    return text;
  }
}
