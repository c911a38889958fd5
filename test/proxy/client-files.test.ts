import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { writeClientFiles } from '../../src/proxy/clients/client-files';
import { javaTrustStore } from '../../src/proxy/clients/java-trust-store';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';

afterAll(removeFolders);

it('makes a trust store with each certificate, and the attribute for which Java trusts it', () => {
  const two = rootCertificates.slice(0, 2);
  const store = Buffer.from(javaTrustStore(two.join('\n')));
  // SET { SEQUENCE { 2.16.840.1.113894.746875.1.1, SET { 2.5.29.37.0 } } }.
  const attribute = Buffer.from('31183016060c6086480186f966adca7b010131060604551d2500', 'hex');
  for (const pem of two) {
    const certificate = new X509Certificate(pem).raw;
    const end = store.indexOf(certificate) + certificate.length;
    expect(store.subarray(end, end + attribute.length)).toEqual(attribute);
  }
});

it('names the certificates for Python and PHP, in files of this user alone', async () => {
  const folder = temporaryFolder();
  const caFile = path.join(folder, 'certificates.pem');
  const { pythonFolder, phpFolder } = await writeClientFiles(folder, rootCertificates[0] ?? '', caFile);
  const files = [path.join(pythonFolder, 'certifi', '__init__.py'), path.join(phpFolder, 'taskrouter.ini')];
  const [python = '', php = ''] = files.map((file) => readFileSync(file, 'utf8'));
  expect(python).toContain(`return ${JSON.stringify(caFile)}\n`);
  expect(php).toBe(`curl.cainfo = "${caFile}"\nopenssl.cafile = "${caFile}"\n`);
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});
