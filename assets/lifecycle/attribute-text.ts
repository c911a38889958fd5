/** Our choice: attributes may have 4 kB (https://www.twilio.com/docs/taskrouter/limits), too much for one line. */
const maxLength = 160;

/** The value of an attribute in one line: strings without quotes, lists with commas, anything else as JSON. */
export function attributeText(value: unknown): string {
  const text = fullText(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

function fullText(value: unknown): string {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  return isList ? value.map(String).join(', ') : JSON.stringify(value);
}
