/** Indented JSON; any other text unchanged. */
export function formatJson(text: string): string {
  const value = parseObject(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}

/** The object or array in a JSON text. @returns undefined for other JSON values and for invalid JSON */
export function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
