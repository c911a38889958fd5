import { isSecretParameter, masked } from './secrets';

/**
 * Masks user information, and query values whose names indicate a secret. Text is unchanged if it is neither a URL, nor a
 * path, nor a relative URL with a query.
 */
export function maskUrl(text: string): string {
  if (!/^([a-z][a-z0-9+.-]*:\/\/|\/|[^\s?#]*\?)/i.test(text)) return text;
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${masked}@`)
    .replace(/([?&])([^=&#]*)(=[^&#]*)?/g, (whole, before: string, name: string, value?: string) =>
      value !== undefined && isSecretParameter(decoded(name)) ? `${before}${name}=${masked}` : whole,
    );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
