import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { javaTrustStore } from './java-trust-store';

/** Files for clients for which no variable names a file of certificates in PEM. */
export interface ClientFiles {
  /** A folder with a module `certifi`, for Python. */
  readonly pythonFolder: string;
  /** A folder with an INI file, for PHP. */
  readonly phpFolder: string;
  /** A trust store in PKCS#12, for Java. */
  readonly javaTrustStore: string;
}

/**
 * Writes them, so that only this user can read them.
 * @param trusted certificates in PEM
 * @param caFile the file with these
 */
export async function writeClientFiles(
  folder: string,
  trusted: string,
  caFile: string,
): Promise<ClientFiles> {
  const files = {
    pythonFolder: path.join(folder, 'python'),
    phpFolder: path.join(folder, 'php'),
    javaTrustStore: path.join(folder, 'java.p12'),
  };
  const write = (file: string, content: string | Uint8Array) => writeFile(file, content, { mode: 0o600 });
  const certifi = path.join(files.pythonFolder, 'certifi');
  await Promise.all([certifi, files.phpFolder].map((each) => mkdir(each, { recursive: true, mode: 0o700 })));
  await Promise.all([
    write(path.join(certifi, '__init__.py'), certifiModule(caFile)),
    // Programs can read it as a resource of the module: https://github.com/certifi/python-certifi
    write(path.join(certifi, 'cacert.pem'), trusted),
    write(path.join(files.phpFolder, 'taskrouter.ini'), phpSettings(caFile)),
    write(files.javaTrustStore, javaTrustStore(trusted)),
  ]);
  return files;
}

/**
 * The module where Python's requests and others find their certificates. It replaces the installed one, because the SDK for Python
 * does not read REQUESTS_CA_BUNDLE. A sitecustomize would replace the system's or the program's own.
 */
function certifiModule(caFile: string): string {
  return `"""The certificates that programs trust under "taskrouter run"."""

__all__ = ["contents", "where"]
__version__ = "2100.01.01"


def where():
    return ${JSON.stringify(caFile)}


def contents():
    with open(where(), encoding="ascii") as file:
        return file.read()
`;
}

/** libcurl itself reads no variable, only the tool does: https://www.php.net/manual/en/curl.configuration.php */
function phpSettings(caFile: string): string {
  const file = `"${caFile}"`;
  return `curl.cainfo = ${file}\nopenssl.cafile = ${file}\n`;
}
