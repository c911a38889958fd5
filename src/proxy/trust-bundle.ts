import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

/** The variables that name a file of trusted certificates; each client reads one of them, in place of the system's. */
export const caVariables = [
  // Node
  'NODE_EXTRA_CA_CERTS',
  // OpenSSL: Python, Ruby, PHP, Go
  'SSL_CERT_FILE',
  // Python's requests, which the SDK for Python uses
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
] as const;

/** Where systems keep their bundle: Debian, Fedora, and macOS or Alpine. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
];

/**
 * The certificates that a program trusts: Node's, the system's, those that its environment names already, and ours. The
 * variables that will name the file replace all others for most clients.
 * @param authority in PEM
 * @returns in PEM, each certificate once
 */
export function trustBundle(authority: string, environment: NodeJS.ProcessEnv): string {
  const named = caVariables.map((name) => environment[name] ?? '').filter((file) => file !== '');
  const files = [firstReadable(systemBundles), ...named.map(readIfPossible)];
  const certificates = [authority, ...files, ...rootCertificates].flatMap(certificatesIn);
  return `${[...new Set(certificates)].join('\n')}\n`;
}

const firstReadable = (files: readonly string[]): string =>
  files.map(readIfPossible).find((text) => text !== '') ?? '';

/** A file that cannot be read does not exist for the program, either. */
function readIfPossible(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The certificates of a file in PEM, without comments and line ends, so that the same certificate is found in two files. */
export function certificatesIn(pem: string): string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map((text) => text.replace(/\r/g, ''));
}
