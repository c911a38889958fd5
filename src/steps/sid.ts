/**
 * True if `text` is a sid with this prefix: two letters, followed by 32 hexadecimal digits.
 * Source: the `pattern` of every sid in Twilio's OpenAPI description.
 */
export function isSid(prefix: string, text: unknown): text is string {
  return typeof text === 'string' && text.startsWith(prefix) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text);
}
