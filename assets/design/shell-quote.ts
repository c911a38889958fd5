/** A text in single quotes, which a POSIX shell takes literally. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
