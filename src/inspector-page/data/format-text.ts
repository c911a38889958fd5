import { xmlLines } from './xml-lines';

/** Indented JSON, or XML with one element on each line; any other text unchanged. */
export function formatText(text: string): string {
  const value = parseObject(text);
  if (value !== undefined) return JSON.stringify(value, null, 2);
  const lines = xmlLines(text)?.map(
    ({ depth, parts }) => '  '.repeat(depth) + parts.map((part) => part.text).join(''),
  );
  return lines?.join('\n') ?? text;
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
