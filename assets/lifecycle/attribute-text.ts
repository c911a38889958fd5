/** Our choice: attributes may have 4 kB (https://www.twilio.com/docs/taskrouter/limits), a line of the page has not. */
const longest = 160;

/** An attribute's value in a line: texts without quotes, lists with commas, all else as JSON. */
export function attributeText(value: unknown): string {
  const isList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  const text = isList
    ? value.map(String).join(', ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
