/** The text on one line, without control characters, so that text from elsewhere cannot control the terminal or forge a line. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');
