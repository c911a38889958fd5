import { isSecretParameter, masked, maskSecrets } from '../../common/secrets';

/** These two have a secret's name and are none: a signature and a token show nothing without the key. */
const harmless = new Set(['x-twilio-signature', 'i-twilio-idempotency-token']);

/** Header names in any case; what looks like a secret by its name loses its value, URLs lose theirs. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return mapValues(headers, (value, name) =>
    isSecretParameter(name) && !harmless.has(name.toLowerCase()) ? masked : maskUrl(value),
  );
}

/** Parameters of a callback: only a value that is a URL can hold a secret of its own. */
export function maskParameters(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return mapValues(parameters, maskUrl);
}

/** Hides user information and the query values with a secret's name; a text that is no URL or path stays as it is. */
export function maskUrl(text: string): string {
  if (!/^([a-z][a-z0-9+.-]*:\/\/|\/)/i.test(text)) return text;
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${masked}@`)
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, before: string, name: string) =>
      isSecretParameter(decoded(name)) ? `${before}${name}=${masked}` : whole,
    );
}

/** What a receiver answered: a SIP password in an instruction (`sip_auth_password`) is not for the log. */
export function maskResponseBody(body: string): string {
  return body.replace(/("[^"]*password"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi, `$1"${masked}"`);
}

/** The same for what was read from it. */
export function maskSecretParameters(
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, /password$/i.test(name) ? masked : value]),
  );
}

/** A copy with the secrets masked in all its texts. */
export function withoutSecrets<Value>(value: Value, secrets: readonly string[]): Value {
  return changeTexts(value, (text) => maskSecrets(text, secrets));
}

/** A copy in which every text that is a URL is masked as one. */
export function maskUrls<Value>(value: Value): Value {
  return changeTexts(value, maskUrl);
}

function changeTexts<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => changeTexts(item, change)) as Value;
  const entries = Object.entries(value).map(([name, inner]) => [name, changeTexts(inner, change)]);
  return Object.fromEntries(entries) as Value;
}

function mapValues(
  values: Readonly<Record<string, string>>,
  change: (value: string, name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
