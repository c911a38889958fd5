import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import path from 'node:path';
import { listening } from '../support/listening';
import { selfSigned } from '../support/self-signed';
import {
  emptyEnvironmentFile,
  removeFolders,
  TaskrouterProcess,
  temporaryFolder,
} from '../support/taskrouter-process';
import { type Client, clients, versionOf } from './clients';
import { triedVersions } from './tried';

// Go compiles its libraries at the first time.
jest.setTimeout(240_000);
afterEach(() => TaskrouterProcess.endAll());
afterAll(removeFolders);

const programs = path.join(__dirname, 'programs');
let environment: Record<string, string>;
const elsewhere = createServer((_request, response) => response.end('elsewhere'));

beforeAll(async () => {
  const certificate = await selfSigned(['127.0.0.2']);
  elsewhere.setSecureContext(certificate);
  // Stands for the system's bundle, which the variable names in its place.
  const SSL_CERT_FILE = path.join(temporaryFolder(), 'system.pem');
  writeFileSync(SSL_CERT_FILE, certificate.cert);
  environment = { SSL_CERT_FILE, ELSEWHERE: `https://127.0.0.2:${await listening(elsewhere, '127.0.0.2')}/` };
});
afterAll(() => elsewhere.close());

const run = (...command: string[]) =>
  new TaskrouterProcess(['run', '--env', emptyEnvironmentFile, '--', ...command], environment).ended();

/** Skips a client that is not on this machine, and says so. */
function onThisMachine(client: Client): typeof it {
  if (versionOf(client) !== undefined) return it;
  process.stderr.write(`Skipped: ${client.name}, which is not on this machine\n`);
  return it.skip as typeof it;
}

describe.each(clients)('$name', (client) => {
  const itHere = onThisMachine(client);

  itHere('finds TaskRouter, and reaches other hosts untouched', async () => {
    const { code, output, errors } = await run(...client.command);
    expect([code, output.trim(), code === 0 ? '' : errors]).toEqual([
      0,
      expect.stringMatching(/^WT\w{32} pending\nelsewhere$/),
      '',
    ]);
  });

  itHere('fails without the authority, because it verifies certificates', async () => {
    const { code, output, errors } = await run(
      'node',
      path.join(programs, 'without-authority.js'),
      ...client.command,
    );
    expect(code).not.toBe(0);
    expect([output, errors]).toEqual(['', expect.stringMatching(/certificate|PKIX/i)]);
  });

  itHere('has the version that the documentation names, or one close to it', () => {
    const major = (version = '') => version.split('.')[0];
    expect(major(versionOf(client))).toBe(major(triedVersions().get(client.name)));
  });
});
