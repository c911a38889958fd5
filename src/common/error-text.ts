const withoutText = 'an error without a message';

/**
 * The message of anything that can be thrown: an error of any realm, a string, nothing at all. Never throws itself, even
 * for an object that cannot be converted to text.
 */
export function errorText(thrown: unknown): string {
  const message = propertyOf(thrown, 'message') ?? propertyOf(thrown, 'name');
  if (message !== undefined) return message;
  try {
    return String(thrown) || withoutText;
  } catch {
    return withoutText;
  }
}

/** What was thrown, as an error: itself, or a new one with its text. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(errorText(thrown));
}

/** A property of an error; undefined if it is not a text, or empty. */
export function propertyOf(thrown: unknown, name: 'message' | 'name' | 'code'): string | undefined {
  try {
    const value = (thrown as Record<string, unknown>)[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
