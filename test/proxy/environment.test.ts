import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { proxyEnvironment } from '../../src/proxy/environment';
import { trustBundle } from '../../src/proxy/trust-bundle';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';

const access = {
  proxyUrl: 'http://127.0.0.1:5',
  caFile: '/tmp/a folder/certificates.pem',
  preload: '/tmp/a folder/preload.js',
};

afterAll(removeFolders);

it('names the proxy in both spellings, and the certificates for Node, OpenSSL, Python, and curl', () => {
  const environment = proxyEnvironment(access, {});
  const { proxyUrl, caFile } = access;
  expect(environment).toEqual({
    HTTP_PROXY: proxyUrl,
    HTTPS_PROXY: proxyUrl,
    http_proxy: proxyUrl,
    https_proxy: proxyUrl,
    NO_PROXY: 'localhost,127.0.0.1,::1',
    no_proxy: 'localhost,127.0.0.1,::1',
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    REQUESTS_CA_BUNDLE: caFile,
    CURL_CA_BUNDLE: caFile,
    NODE_OPTIONS: '--require "/tmp/a folder/preload.js"',
  });
});

it('keeps the options of Node that the program has', () => {
  const { NODE_OPTIONS } = proxyEnvironment(access, { NODE_OPTIONS: '--no-warnings' });
  expect(NODE_OPTIONS).toBe('--no-warnings --require "/tmp/a folder/preload.js"');
});

describe('for other languages than Node', () => {
  const clientFiles = {
    pythonFolder: '/tmp/a folder/python',
    phpFolder: '/tmp/a folder/php',
    javaTrustStore: '/tmp/a folder/java.p12',
  };
  const forClients = (inherited: NodeJS.ProcessEnv) =>
    proxyEnvironment({ ...access, clientFiles }, inherited);

  it('names the files of Python and PHP, and after them what the program has', () => {
    expect(forClients({})).toMatchObject({
      PYTHONPATH: '/tmp/a folder/python',
      PHP_INI_SCAN_DIR: ':/tmp/a folder/php',
    });
    expect(forClients({ PYTHONPATH: 'lib', PHP_INI_SCAN_DIR: '/etc/php' })).toMatchObject({
      PYTHONPATH: '/tmp/a folder/python:lib',
      PHP_INI_SCAN_DIR: '/etc/php:/tmp/a folder/php',
    });
  });

  it('gives Java properties, with what is reached directly in its own patterns', () => {
    const { JAVA_TOOL_OPTIONS } = forClients({ JAVA_TOOL_OPTIONS: '-Xmx1g', NO_PROXY: '.intranet.example' });
    expect(JAVA_TOOL_OPTIONS?.split(' -D')).toEqual([
      '-Xmx1g',
      'http.proxyHost=127.0.0.1',
      'http.proxyPort=5',
      'https.proxyHost=127.0.0.1',
      'https.proxyPort=5',
      'http.nonProxyHosts=localhost|*.localhost|127.0.0.1|[::1]|intranet.example|*.intranet.example',
      'javax.net.ssl.trustStore="/tmp/a folder/java.p12"',
      'javax.net.ssl.trustStoreType=PKCS12',
      'javax.net.ssl.trustStorePassword=',
    ]);
  });
});

it('replaces what another run added, because its files may be gone', () => {
  const folder = '/tmp/a folder/taskrouter-run-1';
  const earlier = {
    ...access,
    preload: `${folder}/preload.js`,
    clientFiles: {
      pythonFolder: `${folder}/python`,
      phpFolder: `${folder}/php`,
      javaTrustStore: `${folder}/java.p12`,
    },
  };
  const own = { NODE_OPTIONS: '--no-warnings', PYTHONPATH: 'lib', JAVA_TOOL_OPTIONS: '-Xmx1g' };
  const once = proxyEnvironment(earlier, own);
  expect(proxyEnvironment(earlier, { ...own, ...once })).toEqual(once);
});

it('keeps what the program reaches without a proxy, but never Twilio', () => {
  const { NO_PROXY } = proxyEnvironment(access, {
    NO_PROXY: 'intranet.example, .twilio.com *.twil.io,*,.com,taskrouter.twilio.com:443,10.0.0.0/8',
  });
  expect(NO_PROXY).toBe('localhost,127.0.0.1,::1,intranet.example,10.0.0.0/8');
  expect(proxyEnvironment(access, { no_proxy: 'intranet.example' }).no_proxy).toMatch(/,intranet\.example$/);
});

describe('the certificates that a program trusts', () => {
  const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----`;

  it("are ours, Node's, and those that its environment names", () => {
    const file = path.join(temporaryFolder(), 'company.pem');
    writeFileSync(file, `# A comment\r\n${pem('company')}\r\n${pem('second')}\r\n`);
    const bundle = trustBundle(pem('ours'), { REQUESTS_CA_BUNDLE: file, SSL_CERT_FILE: '/missing.pem' });
    for (const each of [pem('ours'), pem('company'), pem('second'), ...rootCertificates])
      expect(bundle).toContain(each);
  });

  it('are listed once', () => {
    const [root = ''] = rootCertificates;
    const bundle = trustBundle(root, {});
    expect(bundle.split(root)).toHaveLength(2);
  });
});
