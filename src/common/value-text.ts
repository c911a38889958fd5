/** Characters. Attributes can be long. */
const maxLength = 80;

/** A value of an attribute as JSON, cut if it is long. @returns undefined if the attribute is missing, which is null */
export function valueText(value: unknown): string | undefined {
  if (value === null) return undefined;
  const text = JSON.stringify(value);
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
