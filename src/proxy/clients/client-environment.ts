import path from 'node:path';
import type { ClientFiles } from './client-files';

interface Access {
  readonly proxyUrl: string;
  /** What is reached without the proxy, as NO_PROXY lists it. */
  readonly directHosts: readonly string[];
  readonly files: ClientFiles;
}

/** The variables for Python, PHP, and Java, in addition to those that most clients read. */
export function clientEnvironment(access: Access, inherited: NodeJS.ProcessEnv): Record<string, string> {
  const { pythonFolder, phpFolder } = access.files;
  return {
    PYTHONPATH: joined(path.delimiter, pythonFolder, inherited.PYTHONPATH),
    // An empty entry stands for PHP's own folder: https://www.php.net/manual/en/configuration.file.php
    PHP_INI_SCAN_DIR: `${inherited.PHP_INI_SCAN_DIR ?? ''}${path.delimiter}${phpFolder}`,
    JAVA_TOOL_OPTIONS: joined(' ', inherited.JAVA_TOOL_OPTIONS, ...javaOptions(access)),
  };
}

const joined = (separator: string, ...parts: readonly (string | undefined)[]): string =>
  parts.filter(Boolean).join(separator);

/**
 * Java reads properties in place of variables, and the last one counts. Sources:
 * https://docs.oracle.com/en/java/javase/21/core/java-networking.html (proxies), and the JSSE Reference Guide (trust stores).
 */
function javaOptions({ proxyUrl, directHosts, files }: Access): string[] {
  const { hostname, port } = new URL(proxyUrl);
  const properties = {
    'http.proxyHost': hostname,
    'http.proxyPort': port,
    'https.proxyHost': hostname,
    'https.proxyPort': port,
    'http.nonProxyHosts': directHosts.flatMap(javaPatterns).join('|'),
    'javax.net.ssl.trustStore': files.javaTrustStore,
    'javax.net.ssl.trustStoreType': 'PKCS12',
    // The store has none.
    'javax.net.ssl.trustStorePassword': '',
  };
  return Object.entries(properties).map(([name, value]) => `-D${name}=${quoted(value)}`);
}

/** A name in NO_PROXY covers those that end with it; Java has a `*` for that. */
function javaPatterns(entry: string): string[] {
  if (/^[\d.:]+$/.test(entry)) return [entry.includes(':') ? `[${entry}]` : entry];
  const name = entry.replace(/^\*?\./, '');
  return [name, `*.${name}`];
}

/** https://docs.oracle.com/javase/8/docs/technotes/guides/troubleshoot/envvars002.html */
const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);
