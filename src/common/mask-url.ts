import { isSecretParameter, masked } from './secrets';

/** Masks user information, and query values whose names indicate a secret. Other text than a URL or path is unchanged. */
export function maskUrl(text: string): string {
  if (!/^([a-z][a-z0-9+.-]*:\/\/|\/)/i.test(text)) return text;
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
