/** Replaces a secret in logs, pages, and errors. */
export const masked = '***';

const secretWords = 'secret|token|password|passwd|passphrase|pwd|private[-_]?key|api[-_]?key|credential';
const variableName = new RegExp(secretWords, 'i');
const parameterName = new RegExp(
  `${secretWords}|pass|auth(?!or(?!iz))|session|cookie|jwt|signature|^(key|sig|code)$`,
  'i',
);

/** Whether an environment variable of this name holds a secret. */
export const isSecretVariable = (name: string): boolean => variableName.test(name);

/** Whether a header or a query parameter of this name holds a secret: more names than among variables. */
export const isSecretParameter = (name: string): boolean => parameterName.test(name);

/** The text with every occurrence of the secrets masked. */
export function maskSecrets(text: string, secrets: Iterable<string>): string {
  let result = text;
  for (const secret of secrets) if (secret !== '') result = result.replaceAll(secret, masked);
  return result;
}

/** Three parts of base64url text, of which the first two are JSON: https://www.rfc-editor.org/rfc/rfc7519 */
const jsonWebToken = /\beyJ[\w-]{2,}\.eyJ[\w-]{2,}\.[\w-]+/g;

/** The text with every JSON Web Token masked, such as the Access Tokens of the worker SDK. */
export const maskTokens = (text: string): string => text.replace(jsonWebToken, masked);
