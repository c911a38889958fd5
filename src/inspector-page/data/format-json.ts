/** JSON on several lines; any other text as it is. */
export function formatJson(text: string): string {
  const value = parseObject(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}

/** What a text says in JSON. A lone number or word is easier to read as it came: undefined, as for any other text. */
export function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
