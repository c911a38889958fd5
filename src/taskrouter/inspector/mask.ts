import { maskUrl } from '../../common/mask-url';
import { isSecretParameter, masked, maskSecrets, maskTokens } from '../../common/secrets';

/** Not secret despite its name: it only marks repetitions. */
const harmless = new Set(['i-twilio-idempotency-token']);

/** Masks headers whose names indicate a secret, and secrets in URLs. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return mapValues(headers, (value, name) =>
    isSecretParameter(name) && !harmless.has(name.toLowerCase()) ? masked : maskUrl(value),
  );
}

/** Masks the parameters of a callback: only URLs can contain secrets. */
export function maskParameters(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return mapValues(parameters, maskUrl);
}

/**
 * Masks secrets in the URLs of a response, and a SIP password: `sip_auth_password` in JSON, the attribute `password` in
 * TwiML.
 */
export function maskResponseBody(body: string): string {
  return body
    .replace(/("[^"]*password"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi, `$1"${masked}"`)
    .replace(/(\spassword\s*=\s*)(?:"[^"]*"?|'[^']*'?)/gi, `$1"${masked}"`)
    .replace(/[^\s"'<>]+/g, maskUrl);
}

/** Masks a SIP password in the parameters of an instruction. */
export function maskSecretParameters(
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, /password$/i.test(name) ? masked : value]),
  );
}

/** A copy with the secrets masked in all strings, and every token whoever signed it. */
export function withoutSecrets<Value>(value: Value, secrets: readonly string[]): Value {
  return mapStrings(value, (text) => maskTokens(maskSecrets(text, secrets)));
}

/** A copy with all URLs masked. */
export function maskUrls<Value>(value: Value): Value {
  return mapStrings(value, maskUrl);
}

function mapStrings<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change)) as Value;
  const entries = Object.entries(value).map(([name, inner]) => [name, mapStrings(inner, change)]);
  return Object.fromEntries(entries) as Value;
}

function mapValues(
  values: Readonly<Record<string, string>>,
  change: (value: string, name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
