/**
 * Our choice: stands for the account in a snapshot, so that the file does not tell whose it is. Loading puts the account of
 * the service in its place.
 */
export const neutralAccountSid = `AC${'0'.repeat(32)}`;

/** The line with the account's sid, and that of its operating unit, replaced. */
export function withAccountSid(line: string, from: string, to: string): string {
  const digits = from.slice(2);
  if (!line.includes(digits)) return line;
  return line.replaceAll(from, to).replaceAll(`OU${digits}`, `OU${to.slice(2)}`);
}
